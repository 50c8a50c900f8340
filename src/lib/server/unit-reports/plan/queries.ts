import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import { units } from '#db/schema/units.ts';
import { planItems, planItemUnits, workPlans } from '#db/schema/work-plans.ts';
import type { Ability } from '../../access/abilities.ts';
import { can, demand, rootsOf, within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';

export type WorkPlan = typeof workPlans.$inferSelect;

/** What a unit plans is seen by those within reach of it; once published, by everybody below as well. */
function visible({ actor }: Context): SQL {
	const roots = sql`${sql.param(rootsOf(actor, 'plan:view'))}::ltree[]`;
	return sql`(${units.path} <@ any(${roots}) or (${workPlans.state} = 'published' and ${units.path} @> any(${roots})))`;
}

/** Plans that the actor sees, those of the latest years first. */
export function listPlans(ctx: Context) {
	demand(ctx, 'plan:view');
	return ctx.db
		.select({
			id: workPlans.id,
			title: workPlans.title,
			fromYear: workPlans.fromYear,
			toYear: workPlans.toYear,
			state: workPlans.state,
			unit: units.name,
			items: sql<number>`(select count(*)::int from plan_items i where i.plan_id = work_plans.id and i.asks is not null)`,
			points: sql<number>`(select coalesce(sum(i.points), 0)::float8 from plan_items i where i.plan_id = work_plans.id)`
		})
		.from(workPlans)
		.innerJoin(units, eq(units.id, workPlans.unitId))
		.where(visible(ctx))
		.orderBy(sql`${workPlans.toYear} desc, ${workPlans.fromYear} desc, nlevel(${units.path}), ${units.position}`);
}

/** A plan that the actor may look at. @throws not-found plan.not-found */
export async function getPlan(ctx: Context, planId: string) {
	const [found] = isId(planId)
		? await ctx.db
				.select({ plan: workPlans, unit: units.name, unitPath: units.path })
				.from(workPlans)
				.innerJoin(units, eq(units.id, workPlans.unitId))
				.where(and(eq(workPlans.id, planId), visible(ctx)))
		: [];
	if (!found) throw notFound('plan');
	return {
		...found.plan,
		unit: found.unit,
		unitPath: found.unitPath,
		mayEdit: can(ctx.actor, 'plan:edit', found.unitPath)
	};
}

/** Takes the row of a plan that the actor may change. @throws not-found plan.not-found */
export async function lockPlan({ db, actor }: Context, planId: string, ability: Ability = 'plan:edit') {
	const [found] = await db
		.select({ plan: workPlans, unitPath: units.path })
		.from(workPlans)
		.innerJoin(units, eq(units.id, workPlans.unitId))
		.where(and(eq(workPlans.id, planId), within(actor, ability, units.path)))
		.for('update', { of: workPlans });
	if (!found) throw notFound('plan');
	return { ...found.plan, unitPath: found.unitPath };
}

/** The same of one that is still a draft. @throws conflict plan.published */
export async function lockDraft(ctx: Context, planId: string) {
	const plan = await lockPlan(ctx, planId);
	if (plan.state === 'published') throw conflict('plan.published');
	return plan;
}

export type Responsible = { part: 'lead' | 'assist'; name: string; unitId: string | null };

export type PlanItem = {
	id: string;
	parentId: string | null;
	lineage: string;
	position: number;
	title: Localized;
	asks: Localized | null;
	standard: Localized | null;
	points: number | null;
	dueOn: string | null;
	units: Responsible[];
};

/** A place in the tree: its place among its neighbours, from 1, after those of what it stands under. */
export type PlacedItem = PlanItem & { way: number[] };

/** The items of a plan as a tree that is read from top to bottom, headings before what stands under them. */
export async function listItems({ db }: Context, planId: string): Promise<PlacedItem[]> {
	const items = await db
		.select()
		.from(planItems)
		.where(eq(planItems.planId, planId))
		.orderBy(planItems.position, planItems.id);
	const responsible = await db
		.select({
			itemId: planItemUnits.itemId,
			part: planItemUnits.part,
			name: sql<string>`coalesce(${units.name}, ${planItemUnits.name})`,
			unitId: planItemUnits.unitId
		})
		.from(planItemUnits)
		.innerJoin(planItems, eq(planItems.id, planItemUnits.itemId))
		.leftJoin(units, eq(units.id, planItemUnits.unitId))
		.where(eq(planItems.planId, planId))
		.orderBy(planItemUnits.position);
	const unitsOf = Map.groupBy(responsible, ({ itemId }) => itemId);
	const below = Map.groupBy(items, ({ parentId }) => parentId);
	const walk = (parentId: string | null, above: number[]): PlacedItem[] =>
		(below.get(parentId) ?? []).flatMap(({ planId: _, ...item }, index) => [
			{
				...item,
				units: (unitsOf.get(item.id) ?? []).map(({ itemId: _, ...unit }) => unit),
				way: [...above, index + 1]
			},
			...walk(item.id, [...above, index + 1])
		]);
	return walk(null, []);
}
