import { sql } from 'drizzle-orm';
import { assignments, exemptions, obligations } from '#db/schema/programmes.ts';
import type { SignedIn } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { isLive } from './obligation-state.ts';
import { tellUnits } from './tell-units.ts';

/** One thing that a promotion asks for. */
export type PromotionItem = {
	promotionId: string;
	personId: string;
	courseId: string | null;
	requirementId: string | null;
};

type Touched = { unitId: string | null; dueOn: string };

const isOf = ({ promotionId, courseId, requirementId }: PromotionItem) => sql`
	o.promotion_id = ${promotionId} and ${courseId ? sql`o.course_id = ${courseId}` : sql`o.requirement_id = ${requirementId}`} and ${isLive(sql`o`)}`;

/**
 * Exempts somebody from what their promotion alone asks for, as it was decided. A course that an assignment asks for besides
 * stays owed: about that somebody else decides.
 */
export async function exemptPromotionDuty(
	ctx: SignedIn,
	item: PromotionItem,
	why: { ground: 'legal-qualification' | 'same-term'; reason: string; proofId: string }
): Promise<void> {
	const { rows } = await ctx.db.execute<{ id: string }>(
		sql`select o.id from ${obligations} o where ${isOf(item)} for update`
	);
	for (const { id: obligationId } of rows) {
		const id = newId();
		const decided = {
			askedBy: item.personId, // whose evidence it rests on: nobody decides what they have asked for themselves
			askedAt: ctx.now,
			decidedBy: ctx.actor.personId,
			decidedAt: ctx.now
		};
		await ctx.db.insert(exemptions).values({
			...{ id, personId: item.personId, obligationId, kind: 'exemption', state: 'approved' },
			...{ ...why, ...decided }
		});
		const { rows: touched } = await ctx.db.execute<Touched>(sql`
			update ${obligations} o set exempt_at = ${ctx.now}, exemption_id = ${id} where o.id = ${obligationId}
			returning o.unit_id as "unitId", o.due_on::text as "dueOn"`);
		await tellUnits(ctx, touched);
	}
}

/** Gives more time for what a promotion asks for. Where it had only brought an assignment's date forward, that date is the limit. */
export async function postponePromotionDuty(
	ctx: SignedIn,
	item: PromotionItem,
	{ before, after }: { before: string; after: string }
): Promise<void> {
	const { rows: own } = await ctx.db.execute<Touched>(sql`
		update ${obligations} o set due_on = ${after} where ${isOf(item)} returning o.unit_id as "unitId", o.due_on::text as "dueOn"`);
	const { rows: shared } = await ctx.db.execute<Touched>(sql`
		update ${obligations} o set due_on = least(a.due_on, ${after}::date) from ${assignments} a
		where a.id = o.assignment_id and o.person_id = ${item.personId} and o.course_id = ${item.courseId} and o.due_on = ${before} and a.due_on > o.due_on and ${isLive(sql`o`)}
		returning o.unit_id as "unitId", o.due_on::text as "dueOn"`);
	const touched = [...own, ...shared];
	await tellUnits(ctx, [...touched, ...touched.map(({ unitId }) => ({ unitId, dueOn: before }))]);
}
