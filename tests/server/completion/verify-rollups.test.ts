import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { completionDirty, completionRollups } from '#db/schema/completion.ts';
import { markDirty, refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import { listRollupDifferences } from '#lib/server/completion/verify-rollups.ts';
import { aPerson } from '#tests/factories/people.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('names the units whose rolled-up figures are not what the view counts', async ({ ctx }) => {
	const [right, wrong, marked] = [await aUnit(ctx), await aUnit(ctx), await aUnit(ctx)];
	for (const unit of [right, wrong, marked]) await anObligation(ctx, { person: await aPerson(ctx, { unit }) });
	await markDirty(ctx, { units: [right, wrong, marked].map(({ id }) => ({ unitId: id, year: 2026 })) });
	await refreshRollups(ctx);
	expect(await listRollupDifferences(ctx)).toEqual([]);

	for (const unit of [wrong, marked])
		await ctx.db.update(completionRollups).set({ people: 7 }).where(eq(completionRollups.unitId, unit.id));
	await ctx.db.insert(completionDirty).values({ unitId: marked.id, year: 2026, at: ctx.now });
	expect(await listRollupDifferences(ctx)).toEqual([
		{ unitId: wrong.id, code: wrong.code, year: 2026, people: 7, counted: 1 }
	]);
});
