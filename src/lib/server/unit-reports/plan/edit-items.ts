import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { planItems } from '#db/schema/work-plans.ts';
import type * as schemas from '#lib/schemas/work-plans.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { inBoth, inBothIfAny, type ItemText, keepItem, setResponsible } from './keep-item.ts';
import { lockDraft } from './queries.ts';

type Written = Pick<
	v.InferOutput<typeof schemas.changeItem>,
	'titleZh' | 'titleEn' | 'asksZh' | 'asksEn' | 'standardZh' | 'standardEn' | 'points' | 'dueOn' | 'lead' | 'assist'
>;

const textOf = ({ titleZh, titleEn, asksZh, asksEn, standardZh, standardEn, ...rest }: Written): ItemText => ({
	title: inBoth(titleZh, titleEn),
	asks: inBothIfAny(asksZh, asksEn),
	standard: inBothIfAny(standardZh, standardEn),
	...{ points: rest.points, dueOn: asksZh === null ? null : rest.dueOn, lead: rest.lead, assist: rest.assist }
});

/** Adds an item at the end of what stands under `parentId`. @returns its id @throws conflict plan.published, not-found plan.not-found | item.not-found */
export function addItem(ctx: SignedIn, input: v.InferOutput<typeof schemas.addItem>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { planId, parentId, ...written } = input;
		const { unitPath } = await lockDraft(ctx, planId);
		if (parentId) await getItem(ctx, planId, parentId);
		const [last] = await ctx.db
			.select({ position: sql<number>`coalesce(max(${planItems.position}), 0)::int` })
			.from(planItems)
			.where(sql`${planItems.planId} = ${planId} and ${planItems.parentId} is not distinct from ${parentId}::uuid`);
		const id = await keepItem(ctx, { planId, unitPath, parentId, position: last!.position + 1 }, textOf(written));
		await record(ctx, 'plan.item-added', planId, { itemId: id });
		return id;
	});
}

/** Writes an item anew. @throws conflict plan.published, not-found plan.not-found | item.not-found */
export function changeItem(ctx: SignedIn, input: v.InferOutput<typeof schemas.changeItem>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { planId, itemId, ...written } = input;
		const { unitPath } = await lockDraft(ctx, planId);
		await getItem(ctx, planId, itemId);
		const { lead, assist, ...text } = textOf(written);
		await ctx.db.update(planItems).set(text).where(eq(planItems.id, itemId));
		await setResponsible(ctx, unitPath, itemId, { lead, assist });
		await record(ctx, 'plan.item-changed', planId, { itemId });
	});
}

/** Removes an item under which nothing stands. @throws conflict item.has-below | plan.published, not-found plan.not-found | item.not-found */
export function removeItem(ctx: SignedIn, { planId, itemId }: v.InferOutput<typeof schemas.theItem>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockDraft(ctx, planId);
		await getItem(ctx, planId, itemId);
		if ((await ctx.db.$count(planItems, eq(planItems.parentId, itemId))) > 0) throw conflict('item.has-below');
		await ctx.db.delete(planItems).where(eq(planItems.id, itemId));
		await record(ctx, 'plan.item-removed', planId, { itemId });
	});
}

/** Moves an item one place up or down among its neighbours; at the end of them it stays. @throws conflict plan.published, not-found plan.not-found | item.not-found */
export function moveItem(
	ctx: SignedIn,
	{ planId, itemId, way }: v.InferOutput<typeof schemas.moveItem>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockDraft(ctx, planId);
		const { parentId } = await getItem(ctx, planId, itemId);
		const neighbours = await ctx.db
			.select({ id: planItems.id })
			.from(planItems)
			.where(sql`${planItems.planId} = ${planId} and ${planItems.parentId} is not distinct from ${parentId}::uuid`)
			.orderBy(planItems.position, planItems.id);
		const order = neighbours.map(({ id }) => id);
		const from = order.indexOf(itemId);
		const to = from + (way === 'up' ? -1 : 1);
		if (to < 0 || to >= order.length) return;
		[order[from], order[to]] = [order[to]!, order[from]!];
		// Beyond every position first: two items never stand at one place.
		await ctx.db.execute(sql`
			update ${planItems} set position = position + 10000 where plan_id = ${planId} and parent_id is not distinct from ${parentId}::uuid`);
		await ctx.db.execute(sql`
			update ${planItems} i set position = o.place
			from unnest(${sql.param(order)}::uuid[]) with ordinality o (id, place) where i.id = o.id`);
		await record(ctx, 'plan.item-moved', planId, { itemId, way });
	});
}

async function getItem({ db }: Context, planId: string, itemId: string) {
	const [item] = await db
		.select()
		.from(planItems)
		.where(and(eq(planItems.id, itemId), eq(planItems.planId, planId)));
	if (!item) throw notFound('item');
	return item;
}
