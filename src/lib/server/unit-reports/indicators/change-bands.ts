import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { type IndicatorBand, indicatorSets } from '#db/schema/indicators.ts';
import type * as schemas from '#lib/schemas/indicators.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { inBoth } from '../plan/keep-item.ts';
import { lockSet } from './queries.ts';

/**
 * Says anew from which share of the points a unit is called what, until the items are published. Rows without a name are left
 * out; the others go from the best down, the last from 0.
 * @throws conflict indicators.published, invalid indicators.bands-out-of-order, not-found indicators.not-found
 */
export function changeBands(ctx: SignedIn, input: v.InferOutput<typeof schemas.changeBands>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { setId } = input;
		await lockSet(ctx, setId);
		const bands = bandsOf(input);
		await ctx.db.update(indicatorSets).set({ bands }).where(eq(indicatorSets.id, setId));
		await record(ctx, 'indicators.bands-changed', setId, { from: bands.map(({ from }) => from) });
	});
}

function bandsOf({ bandZh, bandEn, bandFrom }: v.InferOutput<typeof schemas.changeBands>): IndicatorBand[] {
	const bands = bandZh.flatMap((zh, index) =>
		zh.trim() === '' ? [] : [{ name: inBoth(zh.trim(), bandEn[index]?.trim() || null), from: bandFrom[index] ?? null }]
	);
	const descends = bands.every(({ from }, index) => {
		const before = bands[index - 1]?.from ?? 101;
		return from !== null && from < before;
	});
	if (bands.length === 0 || !descends || bands.at(-1)!.from !== 0)
		throw invalid('indicators.bands-out-of-order', { field: 'bandFrom' });
	return bands as IndicatorBand[];
}
