import * as v from 'valibot';
import { bands } from '#lib/schemas/assessments.ts';
import { canSomewhere, rootsOf } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { forbidden } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { getUnit, listTree, type TreeUnit, type Unit } from '../units/queries.ts';
import type { ResultFilter } from './queries.ts';

export type ReadFilter = {
	filter: ResultFilter;
	unit: Unit;
	unitOptions: { value: string; label: string }[];
	years: number[];
};

/** How far back the list of years goes. */
const yearsShown = 5;

/**
 * What the address of the list asks for: year, unit, band, state, search. Without a year, the one that is being closed: last
 * year until the end of March. Without a unit, the topmost within reach.
 */
export async function readResultFilter(ctx: Context, { searchParams }: URL): Promise<ReadFilter> {
	if (!canSomewhere(ctx.actor, 'result:view')) throw forbidden();
	const tree = await listTree(ctx, { ability: 'result:view', closed: true });
	const asked = searchParams.get('unit') ?? '';
	const unit = await getUnit(ctx, isId(asked) ? asked : topmost(ctx, tree).id, 'result:view');

	const thisYear = yearOf(ctx.now);
	const year = Number(searchParams.get('year')) || yearOf(new Date(ctx.now.getTime() - 90 * 86_400_000));
	const band = v.safeParse(v.picklist(bands), searchParams.get('band'));
	const state = searchParams.get('state');
	return {
		filter: {
			year,
			unitPath: unit.path,
			band: band.success ? band.output : undefined,
			open: state === 'open' ? true : state === 'confirmed' ? false : undefined,
			search: searchParams.get('q')?.trim().slice(0, 60)
		},
		unit,
		unitOptions: near(tree, unit).map(({ id, name, depth }) => ({
			value: id,
			label: `${'　'.repeat(depth - (tree[0]?.depth ?? 1))}${name}`
		})),
		years: Array.from({ length: yearsShown }, (_, back) => thisYear - back)
	};
}

function topmost(ctx: Context, tree: TreeUnit[]): TreeUnit {
	const roots = rootsOf(ctx.actor, 'result:view');
	const unit = tree.find(({ path }) => roots.includes(path)) ?? tree[0];
	if (!unit) throw forbidden();
	return unit;
}

/** Units to choose from without offering thousands: the top two levels within reach, and what lies around the chosen one. */
function near(tree: TreeUnit[], { id, path, parentId }: Unit): TreeUnit[] {
	const top = Math.min(...tree.map(({ depth }) => depth));
	return tree.filter(
		(unit) =>
			unit.depth <= top + 1 || unit.parentId === id || unit.parentId === parentId || path.startsWith(`${unit.path}.`)
	);
}
