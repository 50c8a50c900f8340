import { sql } from 'drizzle-orm';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import type { Localized } from '#db/schema/columns.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { can } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { iso } from '../../platform/iso.ts';
import { type ObligationState, stateIn } from '../obligation-state.ts';
import { whatIsAsked } from '../what-is-asked.ts';
import { type Belonging, whyBelongs } from './why-belongs.ts';

/** What closed an obligation. */
export type Evidence =
	| { kind: 'course'; title: Localized; slug: string }
	| { kind: 'exam'; id: string; title: string }
	| { kind: 'event'; id: string; title: string }
	| { kind: 'hours'; hours: number }
	| { kind: 'equivalent'; id: string; what: string; on: string; by: string; proof: string | null };

export type ExplainedDuty = {
	id: string;
	personId: string;
	name: string;
	unit: string | null;
	asked: Asked;
	state: ObligationState;
	createdAt: string;
	opensOn: string | null;
	dueOn: string;
	expiresOn: string | null;
	completedAt: string | null;
	withdrawnBecause: string | null;
	/** The standing assignment, by which versions of what; null where an assignment of a course or a promotion made it. */
	programme: {
		id: string;
		title: string;
		number: number;
		assignmentId: string;
		audienceId: string;
		audience: string;
		audienceNumber: number;
		rule: AudienceRule;
		/** The unit of the audience, beyond which it never reaches. */
		audienceUnit: string;
		audiencePath: string;
		/** By when it is due, as the requirement or else the assignment says. */
		due: DueRule;
		reason: string;
		by: string;
		unit: string;
	} | null;
	assignment: { id: string; reason: string; by: string; unit: string } | null;
	promotedOn: string | null;
	evidence: Evidence | null;
};

/** Why an obligation exists, and what closed it: for the person and for those who see their training. @throws not-found obligation.not-found */
export async function explainDuty(
	ctx: SignedIn,
	id: string
): Promise<ExplainedDuty & { own: boolean; mayEdit: boolean; belonging: Belonging | null }> {
	if (!isId(id)) throw notFound('obligation');
	const { rows } = await ctx.db.execute<ExplainedDuty & { path: string | null }>(sql`
		select o.id, o.person_id as "personId", person.name, u.name as unit, u.path::text as path, ${whatIsAsked(sql`o`)} as asked, ${stateIn(sql`o`, dateOf(ctx.now))} as state,
			${iso(sql`o.created_at`)} as "createdAt", o.opens_on::text as "opensOn", o.due_on::text as "dueOn", o.expires_on::text as "expiresOn", ${iso(sql`o.completed_at`)} as "completedAt",
			o.withdrawn_because as "withdrawnBecause", promotion.starts_on::text as "promotedOn",
			case when a.id is not null then json_build_object('id', p.id, 'title', p.title, 'number', v.number, 'assignmentId', a.id, 'audienceId', au.id, 'audience', au.name,
				'audienceNumber', av.number, 'rule', av.rule, 'audienceUnit', aunit.name, 'audiencePath', aunit.path::text, 'due', coalesce(r.due, a.due), 'reason', a.reason, 'by', by.name, 'unit', at.name) end as programme,
			case when d.id is not null then json_build_object('id', d.id, 'reason', d.reason, 'by', by.name, 'unit', at.name) end as assignment,
			case when done.id is not null then json_build_object('kind', 'course', 'title', dv.title, 'slug', dc.slug)
				when exam.id is not null then json_build_object('kind', 'exam', 'id', exam.id, 'title', exam.title)
				when event.id is not null then json_build_object('kind', 'event', 'id', event.id, 'title', event.title)
				when o.evidence_hours is not null then json_build_object('kind', 'hours', 'hours', o.evidence_hours)
				when e.id is not null then json_build_object('kind', 'equivalent', 'id', e.id, 'what', e.what, 'on', e."on", 'by', granter.name, 'proof', proof.name) end as evidence
		from obligations o
		join people person on person.id = o.person_id
		left join units u on u.id = o.unit_id
		left join programme_assignments a on a.id = o.programme_assignment_id
		left join programmes p on p.id = a.programme_id
		left join programme_requirements r on r.id = o.requirement_id
		left join programme_versions v on v.id = r.version_id
		left join audience_versions av on av.id = o.audience_version_id
		left join audiences au on au.id = av.audience_id
		left join units aunit on aunit.id = au.unit_id
		left join assignments d on d.id = o.assignment_id
		left join promotions promotion on promotion.id = o.promotion_id
		left join people by on by.id = coalesce(a.created_by, d.created_by)
		left join units at on at.id = coalesce(a.unit_id, d.unit_id)
		left join course_completions done on done.id = o.completion_id
		left join course_versions dv on dv.id = done.course_version_id
		left join courses dc on dc.id = done.course_id
		left join exams exam on exam.id = o.evidence_exam_id
		left join events event on event.id = o.evidence_event_id
		left join equivalents e on e.id = o.equivalent_id
		left join people granter on granter.id = e.granted_by
		left join files proof on proof.id = e.proof_id
		where o.id = ${id}`);
	const [row] = rows;
	if (!row) throw notFound('obligation');
	const { path, ...duty } = row;
	const own = duty.personId === ctx.actor.personId;
	if (!own && !(path && can(ctx.actor, 'training:view', path))) throw notFound('obligation');
	const { personId, name, unit, programme } = duty;
	const belonging = programme && (await whyBelongs(ctx, { ...programme, personId, name, unit }));
	return { ...duty, own, belonging, mayEdit: !own && path !== null && can(ctx.actor, 'training:assign', path) };
}
