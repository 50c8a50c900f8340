import { hash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { askedWords } from '#lib/components/programmes/asked-words.ts';
import { formatDate } from '#lib/format/dates.ts';
import { m } from '#lib/paraglide/messages.js';
import { calendarEntries as entriesOfEvent } from '../events/event-calendar.ts';
import { listEventsOf } from '../events/own-events.ts';
import { listSessions } from '../events/queries.ts';
import { numberEntries, openFeed } from '../notifications/calendar-feed.ts';
import { getChoices } from '../notifications/choices.ts';
import { type CalendarEntry, writeCalendar } from '../platform/calendar.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { env } from '../platform/env.ts';
import { DomainError, tooMany } from '../platform/errors.ts';
import { inLanguage } from '../platform/speaking.ts';
import { countAgainst, secondsToWait, triesOf } from '../sessions/throttle.ts';
import { placeOf } from '../sessions/throttle-rule.ts';
import { listOwnObligations } from './own-obligations.ts';

/** What is over stays in the calendar for so many days. */
const pastDays = 60;
/** After so many hours calendar programmes ask again. */
const refreshHours = 4;
/** An exam that can be sat at any time of some days is a last day; one of some hours is an appointment. */
const appointmentHours = 12;

/**
 * Somebody's own dates under their secret address: duties as whole days, exams and events with times and places, in the language
 * they chose. Nothing in it says whose it is. Secrets that are none are slowed where they come from.
 * @returns the calendar and its tag, the same for as long as nothing changes
 * @throws not-found calendar, too-many calendar.too-often
 */
export async function readCalendarFeed(
	ctx: Context,
	{ secret, address }: { secret: string; address: string }
): Promise<{ text: string; tag: string }> {
	const tries = { ...triesOf(`calendar ${placeOf(address)}`), subject: 'address' as const };
	const seconds = await secondsToWait(ctx, [tries.key]);
	if (seconds > 0) throw tooMany('calendar.too-often', seconds);

	const personId = await openFeed(ctx, secret).catch(async (error: unknown) => {
		if (error instanceof DomainError && error.failure === 'not-found') await countAgainst(ctx, tries);
		throw error;
	});
	const own: SignedIn = { ...ctx, actor: { personId, unitPath: null, grants: [] } };
	const { language } = await getChoices(ctx, personId);
	const text = await inLanguage(language, async () => {
		const entries = [...(await dutyEntries(own)), ...(await examEntries(own)), ...(await eventEntries(own))];
		const numbered = await numberEntries(own, personId, entries);
		return writeCalendar(ctx, m.calendar_name(), numbered, { zone: env.MINGFA_TIMEZONE, hours: refreshHours });
	});
	return { text, tag: `"${hash('sha256', text).slice(0, 32)}"` };
}

const at = (path: string) => (env.ORIGIN ? { url: `${env.ORIGIN}${path}` } : {});

async function dutyEntries(ctx: SignedIn): Promise<CalendarEntry[]> {
	const duties = await listOwnObligations(ctx);
	return duties.map(({ id, asked, dueOn }) => ({
		...{ uid: `duty-${id}@mingfa`, sequence: 0, starts: dueOn },
		...{ title: m.calendar_due({ what: askedWords(asked) }), ...at(`/duties/${id}`) }
	}));
}

type Exam = { id: string; title: string; opensAt: string; closesAt: string; seat: string | null; state: string };

async function examEntries({ db, actor, now }: SignedIn): Promise<CalendarEntry[]> {
	const since = new Date(now.getTime() - pastDays * 86_400_000);
	const { rows } = await db.execute<Exam>(sql`
		select e.id, e.title, c.opens_at::text as "opensAt", (c.closes_at + c.extra_minutes * interval '1 minute')::text as "closesAt", c.seat, e.state
		from exam_candidates c join exams e on e.id = c.exam_id
		where c.person_id = ${actor.personId} and c.status = 'due' and c.closes_at >= ${since} and e.kind <> 'mock'
			and (e.state in ('published', 'released') or e.state = 'cancelled' and e.published_at is not null)
		order by c.opens_at, e.id limit 200`);
	return rows.map(({ id, title, seat, state, ...window }) => {
		const [opens, closes] = [new Date(window.opensAt), new Date(window.closesAt)];
		const common = {
			...{ uid: `exam-${id}@mingfa`, sequence: 0, cancelled: state === 'cancelled', ...at(`/exams/${id}`) },
			...(seat ? { place: m.calendar_seat({ seat }) } : {})
		};
		if (closes.getTime() - opens.getTime() <= appointmentHours * 3_600_000)
			return { ...common, starts: opens, ends: closes, title: m.calendar_exam({ title }) };
		const [from, until] = [opens, closes].map((time) => formatDate(time, 'instant', env.MINGFA_TIMEZONE));
		return {
			...{ ...common, starts: dateOf(closes), title: m.calendar_exam_until({ title }) },
			description: m.calendar_exam_window({ from: from!, until: until! })
		};
	});
}

async function eventEntries(ctx: SignedIn): Promise<CalendarEntry[]> {
	const since = new Date(ctx.now.getTime() - pastDays * 86_400_000);
	const entries: CalendarEntry[] = [];
	for (const event of await listEventsOf(ctx, since))
		entries.push(...entriesOfEvent(event, await listSessions(ctx, event.id)));
	return entries;
}
