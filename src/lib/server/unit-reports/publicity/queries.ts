import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { files } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import {
	inspectionFindings,
	inspections,
	publicityEvidence,
	publicityItems,
	publicityPlans
} from '#db/schema/publicity.ts';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../../access/abilities.ts';
import { can, demand, within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';

/** Plans of a year within reach, in official order: how much is done, what is overdue, which findings are open. */
export function listPlans(ctx: Context, year: number) {
	demand(ctx, 'publicity:view');
	const today = dateOf(ctx.now);
	const count = (condition: string) =>
		sql<number>`(select count(*)::int from publicity_items i where i.plan_id = publicity_plans.id and ${sql.raw(condition)})`;
	return ctx.db
		.select({
			id: publicityPlans.id,
			title: publicityPlans.title,
			state: publicityPlans.state,
			unit: units.name,
			all: count('true'),
			done: count('i.done_on is not null'),
			overdue: sql<number>`(select count(*)::int from publicity_items i
				where i.plan_id = publicity_plans.id and i.done_on is null and i.ends_on < ${today} and publicity_plans.state = 'published')`,
			inspections: sql<number>`(select count(*)::int from inspections n where n.plan_id = publicity_plans.id)`,
			unanswered: sql<number>`(select count(*)::int from inspections n join inspection_findings f on f.inspection_id = n.id
				where n.plan_id = publicity_plans.id and f.answered_at is null)`
		})
		.from(publicityPlans)
		.innerJoin(units, eq(units.id, publicityPlans.unitId))
		.where(and(eq(publicityPlans.year, year), within(ctx.actor, 'publicity:view', units.path)))
		.orderBy(sql`nlevel(${units.path}), ${units.position}, ${units.code}`);
}

/** The path of the unit right above; null for the topmost. */
export const pathAbove = (path: string): string | null =>
	path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : null;

/** A plan that the actor may look at. @throws not-found publicity.not-found */
export async function getPlan(ctx: Context, planId: string, ability: Ability = 'publicity:view') {
	const [found] = isId(planId)
		? await ctx.db
				.select({ plan: publicityPlans, unit: units.name, unitPath: units.path, aboveId: units.parentId })
				.from(publicityPlans)
				.innerJoin(units, eq(units.id, publicityPlans.unitId))
				.where(and(eq(publicityPlans.id, planId), within(ctx.actor, ability, units.path)))
		: [];
	if (!found) throw notFound('publicity');
	const { plan, ...of } = found;
	const above = pathAbove(of.unitPath);
	return {
		...plan,
		...of,
		may: {
			edit: can(ctx.actor, 'publicity:edit', of.unitPath),
			/** Those above inspect, never the unit itself. */
			inspect: plan.state === 'published' && above !== null && can(ctx.actor, 'publicity:inspect', above)
		}
	};
}

/** Takes the row of a plan for its unit to write or carry out. @throws not-found publicity.not-found */
export async function lockPlan(ctx: Context, planId: string) {
	await ctx.db
		.select({ id: publicityPlans.id })
		.from(publicityPlans)
		.where(eq(publicityPlans.id, planId))
		.for('update');
	return getPlan(ctx, planId, 'publicity:edit');
}

/** The measures of a plan in the order of time, each with its evidence. */
export async function listMeasures({ db }: Context, planId: string) {
	const items = await db
		.select()
		.from(publicityItems)
		.where(eq(publicityItems.planId, planId))
		.orderBy(asc(publicityItems.startsOn), asc(publicityItems.endsOn), asc(publicityItems.id));
	const proofs = await db
		.select({ itemId: publicityEvidence.itemId, fileId: files.id, name: files.name })
		.from(publicityEvidence)
		.innerJoin(publicityItems, eq(publicityItems.id, publicityEvidence.itemId))
		.innerJoin(files, eq(files.id, publicityEvidence.fileId))
		.where(eq(publicityItems.planId, planId));
	return items.map((item) => ({ ...item, proofs: proofs.filter(({ itemId }) => itemId === item.id) }));
}

export type Measure = Awaited<ReturnType<typeof listMeasures>>[number];

/** Inspections of a plan, the latest first, with their findings. */
export async function listInspections({ db }: Context, planId: string) {
	const found = await db
		.select({
			id: inspections.id,
			unit: units.name,
			drawn: sql<boolean>`${inspections.seed} is not null`,
			openedAt: inspections.openedAt
		})
		.from(inspections)
		.innerJoin(units, eq(units.id, inspections.unitId))
		.where(eq(inspections.planId, planId))
		.orderBy(desc(inspections.openedAt));
	const findings = await db
		.select({
			id: inspectionFindings.id,
			inspectionId: inspectionFindings.inspectionId,
			text: inspectionFindings.text,
			answerBy: inspectionFindings.answerBy,
			writtenAt: inspectionFindings.writtenAt,
			answer: inspectionFindings.answer,
			answeredAt: inspectionFindings.answeredAt,
			answeredBy: people.name
		})
		.from(inspectionFindings)
		.innerJoin(inspections, eq(inspections.id, inspectionFindings.inspectionId))
		.leftJoin(people, eq(people.id, inspectionFindings.answeredBy))
		.where(eq(inspections.planId, planId))
		.orderBy(asc(inspectionFindings.writtenAt));
	return found.map((inspection) => ({
		...inspection,
		findings: findings.filter(({ inspectionId }) => inspectionId === inspection.id)
	}));
}

export type Inspection = Awaited<ReturnType<typeof listInspections>>[number];
