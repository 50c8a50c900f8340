import { type SQL, sql } from 'drizzle-orm';
import type { CertificateKind } from '#lib/schemas/certificates.ts';
import { env } from '../platform/env.ts';

/** Whom to look at: a condition on the person. */
export type Whom = (person: SQL) => SQL;

/** Hours that somebody took back take back what they stood for; where none were ever entered, nothing was taken back. */
const hoursStand = (person: SQL, source: 'course' | 'event', sourceId: SQL, round: SQL): SQL => sql`
	coalesce((select sum(h.hours) from hour_entries h
		where h.person_id = ${person} and h.source = ${source} and h.source_id = ${sourceId} and h.round = ${round}), 1) > 0`;

const bothLanguages = (text: SQL): SQL => sql`jsonb_build_object('zh-CN', ${text}, 'en', ${text})`;

/**
 * Who has met what, as rows of subject_id, period_on, person_id, earned_at, unit_id (of the day), owner_path (whose templates
 * apply), subject (in both languages) and hours. One row for each person and subject.
 */
export const evidenceOf: Record<CertificateKind, (whom: Whom) => SQL> = {
	/* A course that is asked again has a certificate for each round: the period is the day on which a later one was opened. */
	course: (whom) => sql`
		select c.course_id as subject_id, (r.opened_at at time zone ${env.MINGFA_TIMEZONE})::date as period_on, c.person_id, c.completed_at as earned_at, c.unit_id, u.path as owner_path,
			v.title as subject, v.hours
		from course_completions c join course_versions v on v.id = c.course_version_id left join units u on u.id = c.unit_id
		left join course_rounds r on r.person_id = c.person_id and r.course_id = c.course_id and r.number = c.round
		where ${whom(sql`c.person_id`)} and ${hoursStand(sql`c.person_id`, 'course', sql`c.course_id`, sql`c.round`)}`,
	class: (whom) => sql`
		select e.id as subject_id, null::date as period_on, p.person_id, e.ends_at as earned_at, p.unit_id, u.path as owner_path,
			${bothLanguages(sql`e.title`)} as subject, e.hours
		from event_participants p join events e on e.id = p.event_id join units u on u.id = e.unit_id
		where e.kind = 'training-class' and e.state = 'closed' and p.outcome = 'attended'
			and ${whom(sql`p.person_id`)} and ${hoursStand(sql`p.person_id`, 'event', sql`e.id`, sql`1`)}`,
	/* A make-up that is passed stands for the exam itself. What is not released yet is nobody's to see. */
	exam: (whom) => sql`
		select distinct on (first.id, c.person_id) first.id as subject_id, null::date as period_on, c.person_id, sat.at as earned_at, c.unit_id,
			u.path as owner_path, ${bothLanguages(sql`first.title`)} as subject, null::numeric as hours
		from exam_candidates c join exams e on e.id = c.exam_id and e.kind <> 'mock' and e.state <> 'cancelled'
		join exams first on first.id = coalesce(e.make_up_of_id, e.id) join units u on u.id = first.unit_id
		join lateral (select max(t.submitted_at) as at from exam_attempts t
			where t.exam_id = c.exam_id and t.person_id = c.person_id and t.state = 'released') sat on sat.at is not null
		where c.outcome = 'passed' and ${whom(sql`c.person_id`)}
		order by first.id, c.person_id, sat.at`,
	/*
	 * All that a programme asked of somebody in a period is done: one thing at least, the rest done too or exempted from. What a
	 * promotion asked for is its case's to say.
	 */
	programme: (whom) => sql`
		select met.programme_id as subject_id, met.period_on, met.person_id, min(met.at) as earned_at,
			(array_agg(met.unit_id order by met.at))[1] as unit_id, u.path as owner_path, ${bothLanguages(sql`g.title`)} as subject, null::numeric as hours
		from (
			select v.programme_id, o.period_on, o.person_id, max(o.completed_at) as at, (array_agg(o.unit_id order by o.completed_at desc nulls last))[1] as unit_id
			from obligations o join programme_requirements r on r.id = o.requirement_id join programme_versions v on v.id = r.version_id
			where o.programme_assignment_id is not null and o.withdrawn_at is null and ${whom(sql`o.person_id`)}
			group by v.programme_id, o.programme_assignment_id, o.period_on, o.person_id
			having count(o.completed_at) > 0 and bool_and(o.completed_at is not null or o.exempt_at is not null)
			union all
			select distinct v.programme_id, p.starts_on, p.person_id, p.completed_at, p.unit_id
			from promotions p join promotion_requirements i on i.promotion_id = p.id
			join programme_requirements r on r.id = i.requirement_id join programme_versions v on v.id = r.version_id
			where p.completed_at is not null and p.cancelled_at is null and ${whom(sql`p.person_id`)}) met
		join programmes g on g.id = met.programme_id join units u on u.id = g.unit_id
		group by met.programme_id, met.period_on, met.person_id, g.title, u.path`
};
