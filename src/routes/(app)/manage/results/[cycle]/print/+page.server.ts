import { compareYears } from '#lib/server/assessments/compare-years.ts';
import { signerOf } from '#lib/server/assessments/closing/signer-of.ts';
import { listUnits } from '#lib/server/assessments/cycle/list-units.ts';
import { getCycle } from '#lib/server/assessments/cycle/read-cycle.ts';
import { readPlace } from '#lib/server/assessments/cycle/read-place.ts';
import { countBands, eachResult, type ListedResult } from '#lib/server/assessments/queries.ts';
import { listSchemesUsed } from '#lib/server/assessments/schemes/schemes-used.ts';
import { notFound } from '#lib/server/platform/errors.ts';
import type { PageServerLoad } from './$types';

/** More people than this are no sheet to sign: their units are printed instead. */
const onePrint = 2_000;

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const cycle = await getCycle(ctx, params.cycle);
	const place = await readPlace(ctx, cycle, url.searchParams.get('unit'));
	if (!place) throw notFound('unit');
	const isLarge = place.people > onePrint;
	const people: ListedResult[] = [];
	if (!isLarge) {
		for await (const row of eachResult(ctx, { cycleId: cycle.id, first: place.first, people: place.people }))
			people.push(row);
	}
	return {
		cycle: {
			id: cycle.id,
			year: cycle.year,
			state: cycle.state,
			until: cycle.until,
			closedAt: cycle.closedAt,
			signedAt: cycle.signedAt,
			digest: cycle.digest?.toString('hex') ?? null
		},
		place,
		people,
		units: isLarge ? await listUnits(ctx, cycle, place) : [],
		schemes: (await listSchemesUsed(ctx, cycle.id)).map(({ id, name, basis, rule }) => ({ id, name, basis, rule })),
		counts: await countBands(ctx, cycle, place),
		years: await compareYears(ctx, place, cycle.year),
		signer: await signerOf(ctx, cycle),
		now: ctx.now
	};
};
