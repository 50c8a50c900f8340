import { and, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { type IndicatorBand, indicators, indicatorSets, indicatorSheets } from '#db/schema/indicators.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/indicators.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { getUnit } from '../../units/queries.ts';
import { inBoth } from '../plan/keep-item.ts';
import { getPlan, listItems } from '../plan/queries.ts';
import { getSet, listIndicators, lockSet } from './queries.ts';
import { tellScorers } from './tell.ts';

/** 优秀, 良好, 合格, 不合格 by share of the points. */
export const usualBands: IndicatorBand[] = [
	{ name: { 'zh-CN': '优秀', en: 'Excellent' }, from: 90 },
	{ name: { 'zh-CN': '良好', en: 'Good' }, from: 80 },
	{ name: { 'zh-CN': '合格', en: 'Passable' }, from: 60 },
	{ name: { 'zh-CN': '不合格', en: 'Not passable' }, from: 0 }
];

type Item = Omit<typeof indicators.$inferInsert, 'id' | 'setId' | 'position'>;

/**
 * Arranges the assessment items of a year as a draft: from the items of a work plan, from those of another year, or from nothing.
 * @returns its id @throws conflict indicators.arranged, not-found unit.not-found | plan.not-found | indicators.not-found
 */
export function createSet(ctx: SignedIn, input: v.InferOutput<typeof schemas.createSet>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { unitId, year, titleZh, titleEn, planId, copyOf } = input;
		await getUnit(ctx, unitId, 'indicator:edit');
		const known = await ctx.db.$count(
			indicatorSets,
			and(eq(indicatorSets.unitId, unitId), eq(indicatorSets.year, year))
		);
		if (known > 0) throw conflict('indicators.arranged', { field: 'year' });
		const former = copyOf ? await getSet(ctx, copyOf) : null;
		const items = former ? await itemsOfSet(ctx, former.id) : planId ? await itemsOfPlan(ctx, planId) : [];
		const id = newId();
		await ctx.db.insert(indicatorSets).values({
			...{ id, unitId, year, title: inBoth(titleZh, titleEn), bands: former?.bands ?? usualBands },
			...{ copiedFromId: former?.id ?? null, createdBy: ctx.actor.personId, createdAt: ctx.now }
		});
		if (items.length > 0)
			await ctx.db
				.insert(indicators)
				.values(items.map((item, index) => ({ id: newId(), setId: id, position: index + 1, ...item })));
		await record(ctx, 'indicators.arranged', id, { unitId, year, items: items.length });
		return id;
	});
}

const itemsOfSet = async (ctx: SignedIn, setId: string): Promise<Item[]> =>
	(await listIndicators(ctx, setId)).map(({ title, standard, points, planItemId, reporting }) => ({
		...{ title, standard, points, planItemId, reporting }
	}));

/** Items of a plan that are worth something; the last of them looks at reporting, as in the plan that comes along. */
async function itemsOfPlan(ctx: SignedIn, planId: string): Promise<Item[]> {
	const plan = await getPlan(ctx, planId);
	const worth = (await listItems(ctx, plan.id)).filter(({ points }) => (points ?? 0) > 0);
	return worth.map(({ id, title, asks, standard, points }, index) => ({
		...{ title, standard: standard ?? asks!, points: points!, planItemId: id },
		reporting: index === worth.length - 1
	}));
}

type Written = Omit<v.InferOutput<typeof schemas.addIndicator>, 'setId'>;

const textOf = ({ titleZh, titleEn, standardZh, standardEn, points, reporting }: Written) => ({
	...{ title: inBoth(titleZh, titleEn), standard: inBoth(standardZh, standardEn), points, reporting }
});

/** Adds an assessment item at the end. @throws conflict indicators.published, not-found indicators.not-found */
export function addIndicator(ctx: SignedIn, input: v.InferOutput<typeof schemas.addIndicator>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { setId, ...written } = input;
		await lockSet(ctx, setId);
		const [last] = await ctx.db
			.select({ position: sql<number>`coalesce(max(${indicators.position}), 0)::int` })
			.from(indicators)
			.where(eq(indicators.setId, setId));
		const id = newId();
		await clearReporting(ctx, setId, written.reporting);
		await ctx.db.insert(indicators).values({ id, setId, position: last!.position + 1, ...textOf(written) });
		await record(ctx, 'indicators.item-added', setId, { indicatorId: id });
	});
}

/** Writes an assessment item anew. @throws conflict indicators.published, not-found indicators.not-found | indicator.not-found */
export function changeIndicator(ctx: SignedIn, input: v.InferOutput<typeof schemas.changeIndicator>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { setId, indicatorId, ...written } = input;
		await lockSet(ctx, setId);
		await clearReporting(ctx, setId, written.reporting);
		const changed = await ctx.db
			.update(indicators)
			.set(textOf(written))
			.where(and(eq(indicators.setId, setId), eq(indicators.id, indicatorId)))
			.returning({ id: indicators.id });
		if (changed.length === 0) throw notFound('indicator');
		await record(ctx, 'indicators.item-changed', setId, { indicatorId });
	});
}

/** One item at most looks at reporting: the newest to say so. */
async function clearReporting({ db }: SignedIn, setId: string, reporting: boolean): Promise<void> {
	if (reporting) await db.update(indicators).set({ reporting: false }).where(eq(indicators.setId, setId));
}

/** Removes an assessment item. @throws conflict indicators.published, not-found indicators.not-found | indicator.not-found */
export function removeIndicator(ctx: SignedIn, input: v.InferOutput<typeof schemas.theIndicator>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { setId, indicatorId } = input;
		await lockSet(ctx, setId);
		const removed = await ctx.db
			.delete(indicators)
			.where(and(eq(indicators.setId, setId), eq(indicators.id, indicatorId)))
			.returning({ id: indicators.id });
		if (removed.length === 0) throw notFound('indicator');
		await record(ctx, 'indicators.item-removed', setId, { indicatorId });
	});
}

/** Publishes the items of a year: each unit right below gets a sheet to score itself and is told, and the items change no more. @throws conflict indicators.published | indicators.empty | indicators.nobody */
export function publishSet(ctx: SignedIn, { setId }: v.InferOutput<typeof schemas.theSet>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const set = await lockSet(ctx, setId);
		if ((await ctx.db.$count(indicators, eq(indicators.setId, setId))) === 0) throw conflict('indicators.empty');
		const below = await ctx.db
			.select({ id: units.id, path: units.path })
			.from(units)
			.where(and(eq(units.parentId, set.unitId), isNull(units.closedOn)));
		if (below.length === 0) throw conflict('indicators.nobody');
		await ctx.db
			.update(indicatorSets)
			.set({ state: 'published', publishedAt: ctx.now, publishedBy: ctx.actor.personId })
			.where(eq(indicatorSets.id, setId));
		await ctx.db.insert(indicatorSheets).values(below.map((unit) => ({ id: newId(), setId, unitId: unit.id })));
		await record(ctx, 'indicators.published', setId, { units: below.length });
		const told = below.map(({ id, path }) => ({ setId, unitId: id, unitPath: path, year: set.year }));
		await tellScorers(ctx, told, 'indicators_published', setId);
	});
}
