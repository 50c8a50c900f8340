import { listExams } from '../exams/list-exams.ts';
import { canSomewhere } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { localTimeOf } from '../platform/dates.ts';
import { listStatutes } from '../statutes/queries.ts';
import { type Event, listEventArticles, type Session } from './queries.ts';

/** What the form of a plan begins with when an event is changed. */
export async function planValues(
	ctx: Context,
	event: Omit<Event, 'roomSecret'>,
	sessions: Session[]
): Promise<Record<string, string | string[]>> {
	const articles = await listEventArticles(ctx, event.id);
	const times = sessions.map(({ startsAt, endsAt }) => [localTimeOf(startsAt), localTimeOf(endsAt)] as const);
	const { kind, purpose, title, content, lecturer, place, hourCategory } = event;
	return {
		...{ kind, purpose, title, content, lecturer, place, hourCategory },
		hours: String(event.hours),
		capacity: event.capacity === null ? '' : String(event.capacity),
		leaveLimit: String(event.leaveLimit),
		roomCode: event.roomCode ? 'on' : '',
		examId: event.examId ?? '',
		version: String(event.version),
		sessionDay: times.map(([from]) => from.slice(0, 10)),
		sessionFrom: times.map(([from]) => from.slice(11)),
		sessionTo: times.map(([, to]) => to.slice(11)),
		sessionTitle: sessions.map((session) => session.title),
		sessionLecturer: sessions.map((session) => session.lecturer),
		sessionPlace: sessions.map((session) => session.place),
		articles: articles.map(({ statute, number }) => `${statute}/${number}`)
	};
}

/** What the form of a plan offers: laws, and the exams that a class can end with. */
export async function planChoices(ctx: Context, chosen?: { id: string; title: string } | null) {
	const [statutes, exams] = await Promise.all([
		listStatutes(ctx),
		canSomewhere(ctx.actor, 'exam:edit') ? listExams(ctx) : { rows: [] }
	]);
	const offered = exams.rows.map(({ id, title }) => ({ id, title }));
	return {
		statutes: statutes.map(({ slug, short }) => ({ slug, short })),
		exams: chosen && !offered.some(({ id }) => id === chosen.id) ? [chosen, ...offered] : offered
	};
}
