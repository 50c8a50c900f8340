import { type SQL, sql } from 'drizzle-orm';
import { addDays, type CalendarDate, startOfDay } from '../platform/dates.ts';
import { env } from '../platform/env.ts';
import { idList } from '../platform/id-list.ts';

export type Span = {
	year: number;
	/** The last day that counts. */
	until: CalendarDate;
	unitIds: SQL;
	/** Only these people of the units. */
	personIds?: readonly string[];
};

/**
 * SQL: the `with` queries that end in `facts`, one row for everybody who served in these units on the last day, by the unit,
 * rank, level and 编制 of that day: `person_id`, `unit_id`, `name`, `rank`, `level`, `establishment`, the columns of `Inputs`, and
 * all of them with their evidence as `inputs`.
 */
export function factsOf({ year, until, unitIds, personIds }: Span): SQL {
	const [from, end] = [startOfDay(`${year}-01-01`), startOfDay(addDays(until, 1))];
	const zone = env.MINGFA_TIMEZONE;
	return sql`
	persons as materialized (
		select p.id, coalesce(o.unit_id, p.unit_id) as unit_id, p.name, p.establishment,
			case when o.id is null then p.leadership_level else o.leadership_level end as level, case when o.id is null then p.rank else o.rank end as rank
		from people p left join posts o on o.person_id = p.id and o.primary and o.starts_on <= ${until} and (o.ends_on is null or o.ends_on > ${until})
		where (p.left_on is null or p.left_on > ${until}) and (p.joined_on is null or p.joined_on <= ${until}) and coalesce(o.unit_id, p.unit_id) in (${unitIds})
			and ${personIds ? sql`p.id in ${idList(personIds)}` : sql`true`}
	), owed as (
		select o.person_id, count(distinct coalesce(o.course_id, o.id))::int as required,
			(count(distinct coalesce(o.course_id, o.id)) filter (where o.completed_at < ${end}))::int as completed,
			(count(distinct coalesce(o.course_id, o.id)) filter (where o.completed_at < ${end} and (o.completed_at at time zone ${zone})::date <= o.due_on))::int as on_time,
			jsonb_agg(o.id order by o.id) as ids
		from obligations o join persons p on p.id = o.person_id
		where o.withdrawn_at is null and o.exempt_at is null and o.due_on between ${`${year}-01-01`} and ${`${year}-12-31`} and o.kind in ('course', 'electives')
		group by o.person_id
	), tries as (
		select distinct on (c.person_id, c.lesson_id) c.id, c.person_id, c.correct
		from mastery_checks c join persons p on p.id = c.person_id
		where c.status <> 'open' and c.submitted_at >= ${from} and c.submitted_at < ${end}
		order by c.person_id, c.lesson_id, c.submitted_at desc
	), answered as (
		select t.person_id, sum(q.questions)::int as answered, sum(t.correct)::int as correct, count(*)::int as lessons
		from tries t cross join lateral (select count(*) as questions from mastery_check_questions where check_id = t.id) q
		group by t.person_id
	), chains as (
		with recursive chain as (
			select id, id as first from exams where make_up_of_id is null
			union all
			select e.id, c.first from exams e join chain c on c.id = e.make_up_of_id
		) select * from chain
	), sat as (
		select c.person_id, e.id as exam_id, e.make_up_of_id, e.purpose, chains.first, (c.closes_at at time zone ${zone})::date as "on", c.outcome,
			coalesce(round(c.score * 100), 0)::int as points, coalesce(round(paper.total * 100), 10000)::int as total
		from exam_candidates c join persons p on p.id = c.person_id join exams e on e.id = c.exam_id join chains on chains.id = e.id
		left join lateral (
			select a.total from exam_attempts a where a.exam_id = c.exam_id and a.person_id = c.person_id and a.state in ('marked', 'released')
			order by (a.score = c.score) desc, a.number limit 1) paper on true
		where e.kind <> 'mock' and e.state = 'released' and c.outcome is not null and c.closes_at >= ${from} and c.closes_at < ${end}
	), settled as (
		select person_id, first, bool_or(outcome <> 'absent') as came, bool_or(outcome = 'passed') as passed,
			bool_or(outcome = 'failed' and make_up_of_id is not null) as failed_again, bool_or(outcome = 'passed' and make_up_of_id is null) as passed_first
		from sat group by 1, 2
	), standing as (
		select person_id, (count(*) filter (where not came))::int as absences, (count(*) filter (where came and not passed))::int as failures,
			(count(*) filter (where not passed and failed_again))::int as failures_after, (count(*) filter (where passed and not passed_first))::int as passes_by
		from settled group by 1
	), examined as (
		select person_id, jsonb_agg(jsonb_build_object('examId', exam_id, 'makeUpOf', make_up_of_id, 'purpose', purpose, 'on', "on", 'outcome', outcome, 'points', points, 'total', total) order by "on", exam_id) as exams
		from sat group by 1
	), earned as (
		select e.person_id, greatest(0, round(sum(e.hours) * 10))::int as hours from hour_entries e join persons p on p.id = e.person_id where e.year = ${year} group by 1
	), met as (
		select t.person_id, count(*)::int as invited, (count(*) filter (where t.outcome = 'attended'))::int as attended
		from event_participants t join persons p on p.id = t.person_id join events e on e.id = t.event_id
		where e.state = 'closed' and t.outcome is not null and t.outcome <> 'on-leave' and e.ends_at >= ${from} and e.ends_at < ${end}
		group by 1
	), promoted as (
		select m.person_id, count(*)::int as overdue, jsonb_agg(m.id order by m.id) as ids
		from promotions m join persons p on p.id = m.person_id
		where m.cancelled_at is null and m.due_on between ${`${year}-01-01`} and ${until} and (m.completed_at is null or (m.completed_at at time zone ${zone})::date > m.due_on)
		group by 1
	), marks as (
		select u.id, (
			select round(m.mark * 100)::int from assessment_unit_marks m join units a on a.id = m.unit_id
			where m.year = ${year} and a.path @> u.path order by nlevel(a.path) desc, m.entered_at desc, m.id desc limit 1) as mark
		from units u where u.id in (${unitIds})
	), facts as (
		select f.*, jsonb_build_object('required', required, 'completed', completed, 'onTime', on_time, 'obligationIds', obligation_ids, 'answered', answered, 'correct', correct, 'lessons', lessons,
			'exams', exams, 'absences', absences, 'failures', failures, 'failuresAfterMakeUp', "failuresAfterMakeUp", 'passesByMakeUp', "passesByMakeUp",
			'hours', hours, 'invited', invited, 'attended', attended, 'unitMark', "unitMark", 'overdue', overdue, 'promotionIds', promotion_ids) as inputs
		from (
			select p.id as person_id, p.unit_id, p.name, p.rank, p.level, p.establishment,
				coalesce(o.required, 0) as required, coalesce(o.completed, 0) as completed, coalesce(o.on_time, 0) as on_time, coalesce(o.ids, '[]') as obligation_ids,
				coalesce(a.answered, 0) as answered, coalesce(a.correct, 0) as correct, coalesce(a.lessons, 0) as lessons, coalesce(x.exams, '[]') as exams,
				coalesce(s.absences, 0) as absences, coalesce(s.failures, 0) as failures, coalesce(s.failures_after, 0) as "failuresAfterMakeUp", coalesce(s.passes_by, 0) as "passesByMakeUp",
				coalesce(h.hours, 0) as hours, coalesce(e.invited, 0) as invited, coalesce(e.attended, 0) as attended, m.mark as "unitMark",
				coalesce(r.overdue, 0) as overdue, coalesce(r.ids, '[]') as promotion_ids
			from persons p
			left join owed o on o.person_id = p.id left join answered a on a.person_id = p.id left join examined x on x.person_id = p.id left join standing s on s.person_id = p.id
			left join earned h on h.person_id = p.id left join met e on e.person_id = p.id left join promoted r on r.person_id = p.id left join marks m on m.id = p.unit_id
		) f
	)`;
}
