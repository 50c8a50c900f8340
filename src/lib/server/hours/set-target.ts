import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { hourTargets } from '#db/schema/hours.ts';
import type * as schemas from '#lib/schemas/hours.ts';
import { demandEverywhere } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { HourTarget } from './targets.ts';

type Values = v.InferOutput<typeof schemas.addTarget>;

/** Adds a target from a year on. @throws invalid hour-target.year-past */
export function addTarget(ctx: Context, values: Values): Promise<string> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'settings:edit');
		return insert(ctx, values, null);
	});
}

/**
 * Puts a target in the place of another from a year on; years before keep what held in them.
 * @throws invalid hour-target.year-past, hour-target.before-start, conflict hour-target.ended, not-found hour-target.not-found
 */
export function changeTarget(
	ctx: Context,
	{ targetId, ...values }: v.InferOutput<typeof schemas.changeTarget>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'settings:edit');
		const former = await lockLasting(ctx, targetId);
		if (values.from < former.validFrom) throw invalid('hour-target.before-start', { field: 'from' });
		await ctx.db
			.update(hourTargets)
			.set({ validUntil: values.from - 1 })
			.where(eq(hourTargets.id, targetId));
		return insert(ctx, values, targetId);
	});
}

/** Lets a target end with a year. @throws as changeTarget */
export function endTarget(ctx: Context, { targetId, until }: v.InferOutput<typeof schemas.endTarget>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'settings:edit');
		const target = await lockLasting(ctx, targetId);
		if (until < target.validFrom - 1) throw invalid('hour-target.before-start', { field: 'until' });
		if (until < yearOf(ctx.now) - 1) throw invalid('hour-target.year-past', { field: 'until' });
		await ctx.db.update(hourTargets).set({ validUntil: until }).where(eq(hourTargets.id, targetId));
		await record(ctx, 'hour-target.ended', targetId, { until });
	});
}

async function insert(ctx: Context, values: Values, follows: string | null): Promise<string> {
	const { nameZh, nameEn, from, grades = [], establishments = [], ...rest } = values;
	if (from < yearOf(ctx.now)) throw invalid('hour-target.year-past', { field: 'from' });
	const id = newId();
	await ctx.db.insert(hourTargets).values({
		...{ id, name: { 'zh-CN': nameZh, en: nameEn }, grades, establishments, ...rest },
		...{ validFrom: from, follows, createdBy: ctx.actor.personId, createdAt: ctx.now }
	});
	const { years, hours, category } = rest;
	await record(ctx, follows ? 'hour-target.changed' : 'hour-target.added', id, {
		...{ from, years, hours, category, follows }
	});
	return id;
}

/** Takes the row of a target that has no end yet. */
async function lockLasting({ db }: Context, id: string): Promise<HourTarget> {
	const [target] = await db.select().from(hourTargets).where(eq(hourTargets.id, id)).for('update');
	if (!target) throw notFound('hour-target');
	if (target.validUntil !== null) throw conflict('hour-target.ended');
	return target;
}
