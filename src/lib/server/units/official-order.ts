type Placed = { id: string; parentId: string | null; position: number; code: string };

/**
 * Units in official order: each followed by everything below it, siblings by position and then by code. A unit whose parent
 * is not among them stands at the top.
 */
export function inOfficialOrder<Unit extends Placed>(units: readonly Unit[]): Unit[] {
	const known = new Set(units.map(({ id }) => id));
	const below = Map.groupBy(units, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null));
	const walk = (parent: string | null): Unit[] =>
		(below.get(parent) ?? []).toSorted(bySeat).flatMap((unit) => [unit, ...walk(unit.id)]);
	return walk(null);
}

function bySeat(one: Placed, other: Placed): number {
	return one.position - other.position || (one.code < other.code ? -1 : Number(one.code > other.code));
}
