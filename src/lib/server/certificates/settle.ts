import { type SQL, sql } from 'drizzle-orm';
import { certificates } from '#db/schema/certificates.ts';
import type { CertificateKind, RevocationGround } from '#lib/schemas/certificates.ts';
import { certificateKinds } from '#lib/schemas/certificates.ts';
import type { Context } from '../platform/context.ts';
import { env } from '../platform/env.ts';
import { evidenceOf, type Whom } from './evidence.ts';
import { issue, type Earned } from './issue.ts';
import { revokeAll } from './revoke-all.ts';

const dayOf = (at: SQL): SQL => sql`(${at} at time zone ${env.MINGFA_TIMEZONE})::date`;

/** As many certificates are written in one go. */
const batch = 2_000;

/**
 * Brings certificates in line with what people have met: revokes what holds no longer, issues where a template is switched on.
 * Whose certificate somebody revoked by hand gets no other by itself. In the caller's transaction; run by one job at a time, so
 * that numbers follow one another. @returns whether there may be more to issue
 */
export async function settle(
	ctx: Context,
	whom: Whom,
	{ kinds = certificateKinds, templateId }: { kinds?: readonly CertificateKind[]; templateId?: string } = {}
): Promise<boolean> {
	let more = false;
	for (const kind of kinds) {
		await revokeAll(ctx, await listLost(ctx, kind, whom));
		const earned = await listEarned(ctx, kind, whom, templateId);
		await issue(ctx, earned);
		more ||= earned.length === batch;
	}
	return more;
}

const same = (c: SQL, e: SQL): SQL =>
	sql`${c}.person_id = ${e}.person_id and ${c}.subject_id = ${e}.subject_id and ${c}.period_on is not distinct from ${e}.period_on`;

/** What was met from the day on from which a template issues, or before and lost in between; the nearest template applies. */
async function listEarned(
	{ db }: Context,
	kind: CertificateKind,
	whom: Whom,
	templateId: string | undefined
): Promise<Earned[]> {
	const { rows } = await db.execute<Earned>(sql`
		with met as materialized (${evidenceOf[kind](whom)}),
		applying as (
			select distinct on (m.person_id, m.subject_id, m.period_on) m.*, t.id as template_id, t.current_version_id, former.id as follows
			from met m join certificate_templates t on t.kind = ${kind} and t.issues_from is not null
			join units tu on tu.id = t.unit_id and m.owner_path <@ tu.path
			left join certificates former on former.kind = ${kind} and ${same(sql`former`, sql`m`)}
				and not exists (select 1 from certificates later where later.follows = former.id)
			where (not t.chosen_only or exists (select 1 from certificate_subjects s where s.template_id = t.id and s.subject_id = m.subject_id))
				and (former.id is not null or m.earned_at >= t.issues_from)
				and (former.id is null or (former.revoked_at is not null and former.revoked_by is null))
			order by m.person_id, m.subject_id, m.period_on, t.chosen_only desc, nlevel(tu.path) desc, t.id)
		select ${kind} as kind, a.subject_id as "subjectId", a.period_on::text as "periodOn", a.person_id as "personId", a.unit_id as "unitId",
			a.template_id as "templateId", v.id as "versionId", v.prefix, a.follows, p.name, a.subject, a.hours::float8 as hours, a.earned_at as "earnedAt",
			coalesce((select n.name from unit_periods n where n.unit_id = a.unit_id and n.starts_on <= ${dayOf(sql`a.earned_at`)}
				and (n.ends_on is null or n.ends_on > ${dayOf(sql`a.earned_at`)})), u.name, '') as unit
		from applying a join certificate_template_versions v on v.id = a.current_version_id
		join people p on p.id = a.person_id left join units u on u.id = a.unit_id
		${templateId ? sql`where a.template_id = ${templateId}` : sql``}
		order by a.template_id, a.earned_at, p.staff_number limit ${batch}`);
	return rows.map((row) => ({ ...row, earnedAt: new Date(row.earnedAt) }));
}

export type Lost = {
	id: string;
	personId: string;
	subject: { 'zh-CN': string; en: string };
	ground: RevocationGround;
	because: string | null;
};

/** Certificates that hold, of what is met no more, each with the reason that somebody stated. */
async function listLost({ db }: Context, kind: CertificateKind, whom: Whom): Promise<Lost[]> {
	const held = whom(sql`c.person_id`);
	const { rows } = await db.execute<Lost>(sql`
		with met as materialized (${evidenceOf[kind](whom)})
		select c.id, c.person_id as "personId", c.printed -> 'subject' as subject, why.ground, why.because
		from ${certificates} c cross join lateral (${whyLost[kind]}) why
		where c.kind = ${kind} and c.revoked_at is null and ${held}
			and not exists (select 1 from met m where ${same(sql`c`, sql`m`)})
		order by c.id`);
	return rows;
}

const hoursReason = (source: 'course' | 'event'): SQL => sql`
	select h.because from hour_entries h where h.person_id = c.person_id and h.source = ${source} and h.source_id = c.subject_id and h.reverses is not null
	order by h.at desc limit 1`;

const whyLost: Record<CertificateKind, SQL> = {
	course: sql`select 'hours' as ground, (${hoursReason('course')}) as because`,
	class: sql`
		select case when p.outcome = 'attended' then 'hours' else 'attendance' end as ground,
			case when p.outcome = 'attended' then (${hoursReason('event')}) else (
				select ch.reason from event_presence_changes ch join event_sessions s on s.id = ch.session_id
				where s.event_id = c.subject_id and ch.person_id = c.person_id order by ch.changed_at desc limit 1) end as because
		from (select 1) one left join event_participants p on p.event_id = c.subject_id and p.person_id = c.person_id`,
	exam: sql`
		select 'regraded' as ground, (
			select t.voided_because from exam_attempts t join exams e on e.id = t.exam_id
			where t.person_id = c.person_id and t.state = 'voided' and c.subject_id in (e.id, e.make_up_of_id)
			order by t.voided_at desc limit 1) as because`,
	programme: sql`select 'programme' as ground, null::text as because`
};
