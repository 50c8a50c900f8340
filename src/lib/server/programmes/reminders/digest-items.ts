import { sql } from 'drizzle-orm';
import type { DigestItem } from '#lib/components/notifications/digest-words.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { idList } from '../../platform/id-list.ts';
import { iso } from '../../platform/iso.ts';
import { isLive } from '../obligation-state.ts';
import { whatIsAsked } from '../what-is-asked.ts';

type Row = DigestItem & { digestId: string; thing: string };

/**
 * What digests have to remind of, as things stand now: not of what is completed, exempt, withdrawn or put off meanwhile, of an exam
 * that was sat or called off, of an event declined. One line for one thing, by its nearest date and last step.
 */
export async function listDigestItems(
	{ db, now }: Context,
	digestIds: readonly string[]
): Promise<Map<string, DigestItem[]>> {
	const today = dateOf(now);
	const { rows } = await db.execute<Row>(sql`
		with told as materialized (select r.* from reminders r where r.digest_id in ${idList(digestIds)})
		select told.digest_id as "digestId", 'duty' as kind, coalesce(o.course_id, o.id)::text as thing, told.step, o.due_on::text as "dueOn",
			${whatIsAsked(sql`o`)} as asked, null as title, null as at, null as place, '/duties/' || o.id as href
		from told join obligations o on o.id = told.obligation_id join people p on p.id = o.person_id
		where ${isLive(sql`o`)} and p.status = 'active' and (told.step = 'assigned' or told.due_on = o.due_on)
			and (o.expires_on is null or o.expires_on >= ${today}::date)
		union all
		select told.digest_id, 'exam', e.id::text, told.step, told.due_on::text, null, e.title, ${iso(sql`c.opens_at`)}, c.seat, '/exams/' || e.id
		from told join exams e on e.id = told.exam_id join exam_candidates c on c.exam_id = e.id and c.person_id = told.person_id
		where e.state = 'published' and c.status = 'due' and c.outcome is null and c.closes_at > ${now}
			and not exists (select 1 from exam_attempts a where a.exam_id = e.id and a.person_id = c.person_id and a.state not in ('prepared', 'voided'))
		union all
		select told.digest_id, 'event', e.id::text, told.step, told.due_on::text, null, e.title, ${iso(sql`e.starts_at`)}, e.place, '/events/' || e.id
		from told join events e on e.id = told.event_id join event_participants own on own.event_id = e.id and own.person_id = told.person_id
		where e.state = 'open' and own.state in ('invited', 'coming') and e.starts_at > ${now}
		order by "dueOn", thing`);

	const items = new Map<string, DigestItem[]>();
	for (const [digestId, own] of Map.groupBy(rows, ({ digestId }) => digestId)) items.set(digestId, merge(own));
	return items;
}

function merge(rows: Row[]): DigestItem[] {
	return [...Map.groupBy(rows, ({ thing }) => thing).values()].map((same) => {
		const { digestId: _, thing: __, ...first } = same[0]!;
		// The query sorts by date: a step that was reckoned from it says more than that the thing is new.
		const step = same.find(({ step, dueOn }) => step !== 'assigned' && dueOn === first.dueOn)?.step ?? first.step;
		return { ...first, step };
	});
}
