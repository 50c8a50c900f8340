import { type SQL, sql } from 'drizzle-orm';
import { promotionPostponements, promotionRequirements } from '#db/schema/promotions.ts';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import type { CalendarDate } from '../platform/dates.ts';
import { env } from '../platform/env.ts';
import { iso } from '../platform/iso.ts';
import { whatIsAsked } from '../programmes/what-is-asked.ts';
import type { ItemState, Sitting } from './item-state.ts';

/** One thing that a case asks for, and what became of it. Why somebody is exempt is not in it. */
export type CaseItem = {
	id: string;
	asked: Asked;
	dueOn: CalendarDate;
	/** Instants as ISO text. */
	completedAt: string | null;
	exemptAt: string | null;
	postponed: boolean;
	/** The class that was attended. */
	event: { id: string; title: string; hours: number } | null;
	/** Of an exam: every time that it was sat, or should have been, in order. */
	sittings: Sitting[];
};

/** Exams from so long before the post on count as the case's own. */
const before = sql`interval '1 year'`;

/** The items of a case as one JSON value (type `CaseItem[]`), in the order of the programme. @param row a row of promotions */
export const itemsOf = (row: SQL): SQL<CaseItem[]> => sql`
	coalesce((
		select json_agg(json_build_object(
			'id', item.id, 'asked', ${whatIsAsked(sql`item`)}, 'dueOn', item.due_on, 'completedAt', ${iso(sql`item.completed_at`)}, 'exemptAt', ${iso(sql`item.exempt_at`)},
			'postponed', exists (select 1 from ${promotionPostponements} put where put.item_id = item.id),
			'event', (
				select json_build_object('id', e.id, 'title', e.title, 'hours', e.hours)
				from obligations o join events e on e.id = o.evidence_event_id where o.promotion_id = ${row}.id and o.requirement_id = item.requirement_id),
			'sittings', (
				select coalesce(json_agg(json_build_object(
					'examId', e.id, 'title', e.title, 'makeUp', e.make_up_of_id is not null, 'on', (c.closes_at at time zone ${env.MINGFA_TIMEZONE})::date,
					'outcome', c.outcome, 'score', c.score,
					'total', (select max(t.total) from exam_attempts t where t.exam_id = e.id and t.person_id = c.person_id and t.state = 'released')) order by c.closes_at), '[]')
				from exam_candidates c join exams e on e.id = c.exam_id left join exams first on first.id = e.make_up_of_id
				where item.kind = 'exam' and c.person_id = ${row}.person_id and c.outcome is not null and e.state = 'released' and e.kind <> 'mock'
					and (coalesce(first.purpose, e.purpose) = item.exam_purpose or item.exam_id in (e.id, first.id))
					and c.closes_at >= ${row}.starts_on - ${before})
		) order by item.position, item.due_on, item.id)
		from (
			select i.*, coalesce(asked.kind, 'course') as kind, asked.exam_id, asked.exam_purpose
			from ${promotionRequirements} i left join programme_requirements asked on asked.id = i.requirement_id
			where i.promotion_id = ${row}.id) item), '[]')`;

/** Whether something of the case p stands so; the same rule as `itemStateOf`. */
export function hasItem(state: ItemState, today: CalendarDate): SQL {
	const open = sql`r.completed_at is null and r.exempt_at is null`;
	const late = sql`(r.completed_at at time zone ${env.MINGFA_TIMEZONE})::date > r.due_on`;
	const put = sql`exists (select 1 from ${promotionPostponements} put where put.item_id = r.id)`;
	const where: Record<ItemState, SQL> = {
		overdue: sql`${open} and r.due_on < ${today}`,
		open: sql`${open} and r.due_on >= ${today} and not ${put}`,
		postponed: sql`${open} and r.due_on >= ${today} and ${put}`,
		done: sql`r.completed_at is not null and not (${late})`,
		'done-late': sql`r.completed_at is not null and ${late}`,
		exempt: sql`r.completed_at is null and r.exempt_at is not null`
	};
	return sql`exists (select 1 from ${promotionRequirements} r where r.promotion_id = p.id and ${where[state]})`;
}
