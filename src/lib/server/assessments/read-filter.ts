import * as v from 'valibot';
import { bands } from '#lib/schemas/assessments.ts';
import { demand } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { forbidden } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { listUnitChoices, type UnitChoices } from '../units/find-units.ts';
import { getUnit, type Unit } from '../units/queries.ts';
import type { ResultFilter } from './queries.ts';

export type ReadFilter = { filter: ResultFilter; unit: Unit; choices: UnitChoices; years: number[] };

/** How far back the list of years goes, and for how long after its end a year is the one that is being closed. */
const yearsShown = 5;
const closingDays = 90;

/**
 * What the address of the list asks for: year, unit, band, state, search. Without a year, the one that is being closed: last
 * year until the end of March. Without a unit, the topmost within reach. @throws forbidden access.forbidden, not-found unit
 */
export async function readResultFilter(ctx: Context, { searchParams }: URL): Promise<ReadFilter> {
	demand(ctx, 'result:view');
	const asked = searchParams.get('unit') ?? '';
	const choices = await listUnitChoices(ctx, 'result:view', isId(asked) ? asked : null);
	const id = isId(asked) ? asked : choices.units.toSorted((one, other) => one.depth - other.depth)[0]?.id;
	if (!id) throw forbidden();
	const unit = await getUnit(ctx, id, 'result:view');

	const thisYear = yearOf(ctx.now);
	const years = Array.from({ length: yearsShown }, (_, back) => thisYear - back);
	const year = Number(searchParams.get('year'));
	const band = v.safeParse(v.picklist(bands), searchParams.get('band'));
	const state = searchParams.get('state');
	return {
		filter: {
			year: years.includes(year) ? year : yearOf(new Date(ctx.now.getTime() - closingDays * 86_400_000)),
			unitPath: unit.path,
			band: band.success ? band.output : undefined,
			open: state === 'open' ? true : state === 'confirmed' ? false : undefined,
			search: searchParams.get('q')?.trim().slice(0, 60)
		},
		unit,
		choices,
		years
	};
}
