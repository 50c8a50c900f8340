import type { Overview, OverviewRow } from './queries.ts';

/** Rate, in per cent, below which a unit is behind. */
export const expectedRate = 80;

/** What a leader has to know first. `units` are those below in which somebody is due; `behind` the furthest first. */
export type Finding =
	| { kind: 'nothing-due' }
	| { kind: 'people'; due: number; overdue: number; completed: number }
	| { kind: 'units'; noun: OverviewRow['kind'] | 'unit'; count: number; behind: Behind[] };

/** What is said of a unit that falls short. */
type Behind = Pick<OverviewRow, 'unitId' | 'name' | 'rate' | 'overdue'>;

/** Whether a unit falls short of the expected rate. */
export const isBehind = ({ rate }: Pick<OverviewRow, 'rate'>): boolean => (rate ?? 100) < expectedRate;

/** The finding of an overview: of units where there are some below, else of the people. */
export function findingOf({ rows, total }: Pick<Overview, 'rows' | 'total'>): Finding {
	if (total.due === 0) return { kind: 'nothing-due' };

	const below = rows.filter(({ own, due }) => !own && due > 0);
	if (below.length < 2) return { kind: 'people', due: total.due, overdue: total.overdue, completed: total.completed };

	const kinds = new Set(below.map(({ kind }) => kind));
	const [only] = kinds;
	const behind = below
		.filter(isBehind)
		.sort((one, other) => (one.rate ?? 0) - (other.rate ?? 0))
		.map(({ unitId, name, rate, overdue }): Behind => ({ unitId, name, rate, overdue }));
	return { kind: 'units', noun: kinds.size === 1 && only ? only : 'unit', count: below.length, behind };
}
