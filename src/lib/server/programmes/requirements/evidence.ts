import { type SQL, sql } from 'drizzle-orm';
import { env } from '../../platform/env.ts';

export type RequirementKind = 'course' | 'exam' | 'event' | 'hours' | 'electives';

/** The first instant of a date in the office's zone, as SQL. */
export const startOf = (day: SQL): SQL => sql`((${day})::timestamp at time zone ${env.MINGFA_TIMEZONE})`;

/** Whether something happened in the days that count for a judged obligation. */
const counts = (at: SQL): SQL =>
	sql`${at} >= ${startOf(sql`o.counts_from`)} and (o.expires_on is null or ${at} < ${startOf(sql`o.expires_on + 1`)})`;

/**
 * The obligations that a rule is to judge, with the requirement and the first day that counts: when it opens, or as many months
 * before as prior learning may be old. What earned a certificate never renews it too.
 * @param scope a condition on the row o of obligations
 * @param source where these stand; another relation of the same columns for what is only thought of
 */
export const judgedOf = (kind: RequirementKind, scope: SQL, source = sql`obligations`): SQL => sql`
	select o.id, o.person_id, o.course_id, o.requirement_id, o.period_on, o.expires_on, o.completed_at, o.completion_id, o.evidence_exam_id,
		o.evidence_event_id, o.evidence_hours, o.equivalent_id, r.exam_id, r.exam_purpose, r.pass_mark, r.event_kind, r.event_purpose, r.hours, r.hour_category, r.choose,
		v.recurrence, (base.day - make_interval(months =>
			case when v.recurrence = 'after-completion' and o.period_on > a.starts_on then 0 else coalesce(v.prior_months, 0) end))::date as counts_from
	from ${source} o
	join programme_requirements r on r.id = o.requirement_id
	join programme_versions v on v.id = r.version_id
	left join programme_assignments a on a.id = o.programme_assignment_id
	cross join lateral (select coalesce(o.opens_on, o.period_on, (o.created_at at time zone ${env.MINGFA_TIMEZONE})::date) as day) base
	where ${scope} and r.kind = ${kind} and o.withdrawn_at is null`;

/** What a requirement asks for, as one value: alike in two versions of a programme where they ask for the same. */
export const contentOf = (requirement: SQL): SQL => sql`(
	select jsonb_build_array(version.programme_id, ${requirement}.kind, ${requirement}.course_id, ${requirement}.exam_id, ${requirement}.exam_purpose,
		${requirement}.pass_mark, ${requirement}.event_kind, ${requirement}.event_purpose, ${requirement}.hours, ${requirement}.hour_category, ${requirement}.choose,
		(select jsonb_agg(e.course_id order by e.course_id) from requirement_electives e where e.requirement_id = ${requirement}.id))
	from programme_versions version where version.id = ${requirement}.version_id)`;

/** Evidence has one of these, and the instant from which it holds. */
const none = {
	completion: sql`null::uuid as completion_id`,
	exam: sql`null::uuid as evidence_exam_id`,
	event: sql`null::uuid as evidence_event_id`,
	hours: sql`null::numeric as evidence_hours`,
	equivalent: sql`null::uuid as equivalent_id`
};

const equivalents = sql`
	select o.id, ${startOf(sql`e."on"`)} as at, ${none.completion}, ${none.exam}, ${none.event}, ${none.hours}, e.id as equivalent_id
	from judged o join equivalents e on e.person_id = o.person_id and e.revoked_at is null and e."on" >= o.counts_from and (o.expires_on is null or e."on" <= o.expires_on)
	where e.course_id = o.course_id or e.requirement_id = o.requirement_id
		or (select ${contentOf(sql`granted`)} from programme_requirements granted where granted.id = e.requirement_id)
			= (select ${contentOf(sql`asked`)} from programme_requirements asked where asked.id = o.requirement_id)`;

/** What stands as evidence for the obligations in the relation `judged`: any number of rows for each; see `judgedOf`. */
export const evidenceOf: Record<RequirementKind, SQL> = {
	course: sql`
		select o.id, c.completed_at as at, c.id as completion_id, ${none.exam}, ${none.event}, ${none.hours}, ${none.equivalent}
		from judged o join course_completions c on c.person_id = o.person_id and c.course_id = o.course_id and ${counts(sql`c.completed_at`)}
		union all ${equivalents}`,
	/* Its make-ups count as the exam itself. What is not released yet is nobody's to see, and closes nothing. */
	exam: sql`
		select o.id, sat.at, ${none.completion}, c.exam_id as evidence_exam_id, ${none.event}, ${none.hours}, ${none.equivalent}
		from judged o
		join exam_candidates c on c.person_id = o.person_id and c.outcome in ('passed', 'failed')
		join exams e on e.id = c.exam_id and e.kind <> 'mock' and e.state <> 'cancelled'
		left join exams first on first.id = e.make_up_of_id
		join lateral (
			select max(t.submitted_at) as at, max(t.total) as total from exam_attempts t
			where t.exam_id = c.exam_id and t.person_id = c.person_id and t.state = 'released') sat on sat.at is not null
		where (o.exam_id in (e.id, first.id) or coalesce(first.purpose, e.purpose) = o.exam_purpose) and ${counts(sql`sat.at`)}
			and case when o.pass_mark is null then c.outcome = 'passed' else c.score * 100 >= o.pass_mark * sat.total end
		union all ${equivalents}`,
	event: sql`
		select o.id, e.ends_at as at, ${none.completion}, ${none.exam}, e.id as evidence_event_id, ${none.hours}, ${none.equivalent}
		from judged o
		join event_participants p on p.person_id = o.person_id and p.completed_at is not null
		join events e on e.id = p.event_id and e.kind = o.event_kind and (o.event_purpose is null or e.purpose = o.event_purpose)
		where ${counts(sql`e.ends_at`)}
		union all ${equivalents}`,
	/* Of the calendar year where it is asked every year. Enough stays enough, and since when, until entries are reversed. */
	hours: sql`
		select o.id, coalesce(o.completed_at, max(h.at)) as at, ${none.completion}, ${none.exam}, ${none.event}, coalesce(o.evidence_hours, sum(h.hours)) as evidence_hours, ${none.equivalent}
		from judged o
		join hour_entries h on h.person_id = o.person_id and (o.hour_category is null or h.category = o.hour_category)
			and case when o.recurrence = 'yearly' then h.year = extract(year from o.period_on) else ${counts(sql`h.at`)} end
		where o.equivalent_id is null
		group by o.id, o.completed_at, o.evidence_hours, o.hours
		having sum(h.hours) >= o.hours
		union all ${equivalents}`,
	/* The course that makes the number full. */
	electives: sql`
		select id, at, completion_id, ${none.exam}, ${none.event}, ${none.hours}, equivalent_id
		from (
			select taken.*, row_number() over (partition by id order by at, course_id) as number
			from (
				select distinct on (done.id, done.course_id) * from (
					select o.id, c.course_id, o.choose, c.completed_at as at, c.id as completion_id, null::uuid as equivalent_id
					from judged o join requirement_electives e on e.requirement_id = o.requirement_id
					join course_completions c on c.person_id = o.person_id and c.course_id = e.course_id and ${counts(sql`c.completed_at`)}
					union all
					select o.id, q.course_id, o.choose, ${startOf(sql`q."on"`)}, null::uuid, q.id
					from judged o join requirement_electives e on e.requirement_id = o.requirement_id
					join equivalents q on q.person_id = o.person_id and q.course_id = e.course_id and q.revoked_at is null
						and q."on" >= o.counts_from and (o.expires_on is null or q."on" <= o.expires_on)) done
				order by done.id, done.course_id, done.at) taken) numbered
		where number = choose
		union all ${equivalents}`
};
