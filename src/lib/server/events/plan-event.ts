import type * as v from 'valibot';
import { eventArticles, events, eventSessions } from '#db/schema/events.ts';
import { type SessionRow, sessionRows } from '#lib/schemas/events.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { instantAt } from '../platform/dates.ts';
import { newId, newSecret } from '../platform/ids.ts';
import { articleIdsOf } from '../questions/wording.ts';
import { getUnit } from '../units/queries.ts';
import { demandExam } from './send-to-exam.ts';

export type Plan = Omit<v.InferOutput<typeof schemas.planEvent>, 'unitId'>;

/** Plans an event on behalf of a unit: nobody is told before it is opened. @returns its id @throws not-found unit.not-found | exam.not-found, invalid question.article-unknown | event.exam-not-yours */
export function planEvent(
	ctx: SignedIn,
	{ unitId, ...plan }: v.InferOutput<typeof schemas.planEvent>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		await getUnit(ctx, unitId, 'event:edit');
		if (plan.examId) await demandExam(ctx, plan.examId);
		const id = newId();
		const sessions = sessionsOf(plan);
		await ctx.db.insert(events).values({
			id,
			unitId,
			...factsOf(plan, sessions),
			roomSecret: newSecret(),
			createdBy: ctx.actor.personId,
			createdAt: ctx.now
		});
		await ctx.db
			.insert(eventSessions)
			.values(sessions.map((session, index) => ({ id: newId(), eventId: id, position: index + 1, ...session })));
		await setArticles(ctx, id, plan);
		await record(ctx, 'event.planned', id, { unitId, kind: plan.kind });
		return id;
	});
}

export type PlannedSession = Pick<SessionRow, 'title' | 'lecturer' | 'place'> & { startsAt: Date; endsAt: Date };

/** The sessions of a plan as instants, in the order of time. */
export const sessionsOf = (plan: Plan): PlannedSession[] =>
	sessionRows(plan).map(({ day, from, to, ...session }) => ({
		...session,
		startsAt: instantAt(`${day}T${from}`),
		endsAt: instantAt(`${day}T${to}`)
	}));

/** What the row of an event holds of its plan. */
export const factsOf = (plan: Plan, sessions: PlannedSession[]) => ({
	kind: plan.kind,
	purpose: plan.purpose,
	title: plan.title,
	content: plan.content,
	lecturer: plan.lecturer,
	place: plan.place,
	hours: plan.hours,
	hourCategory: plan.hourCategory,
	capacity: plan.capacity,
	leaveLimit: plan.leaveLimit,
	roomCode: plan.roomCode,
	examId: plan.examId,
	startsAt: sessions.at(0)!.startsAt,
	endsAt: sessions.at(-1)!.endsAt
});

/** Enters the articles that a plan names, in the caller's transaction. @throws invalid question.article-unknown */
export async function setArticles(ctx: SignedIn, eventId: string, plan: Plan): Promise<void> {
	const named = plan.articleStatute && plan.articleNumber ? [`${plan.articleStatute}/${plan.articleNumber}`] : [];
	const articleIds = await articleIdsOf(ctx, [...new Set([...plan.articles, ...named])]);
	if (articleIds.length > 0)
		await ctx.db.insert(eventArticles).values(articleIds.map((articleId) => ({ eventId, articleId })));
}
