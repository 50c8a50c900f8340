import type { Context } from '../platform/context.ts';
import { getPerson } from '../people/queries.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { yearOf } from '../platform/dates.ts';
import { type LedgerYear, listYears } from './list-entries.ts';
import { listStandingsOf, type NamedStanding } from './list-standings.ts';

/** The ledger of somebody within reach. @throws not-found person.not-found */
export async function readLedger(ctx: Context, personId: string) {
	if (!isId(personId)) throw notFound('person');
	const { id, name, title, unitName, unitPath } = await getPerson(ctx, personId, 'hours:view');
	return {
		person: { id, name, title, unit: unitName },
		unitPath: unitPath ?? '',
		years: await listJudgedYears(ctx, id)
	};
}

/** Every year of a ledger, this one always among them, each with how the person stands against its targets. */
export async function listJudgedYears(
	ctx: Context,
	personId: string
): Promise<(LedgerYear & { standings: NamedStanding[] })[]> {
	const years = await listYears(ctx, personId);
	const thisYear = yearOf(ctx.now);
	if (!years.some(({ year }) => year === thisYear))
		years.unshift({ year: thisYear, hours: 0, categories: [], entries: [] });
	return Promise.all(
		years.map(async (each) => ({ ...each, standings: await listStandingsOf(ctx, personId, each.year) }))
	);
}
