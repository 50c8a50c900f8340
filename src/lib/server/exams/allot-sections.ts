/** A part of a paper that draws, with everything it could draw from. */
export interface Demand {
	sectionId: string;
	count: number;
	/** Ids of what could be drawn, the most wanted first. */
	pool: readonly string[];
}

export interface Allotment {
	/** Ids by section, as many as could be had. */
	drawn: Map<string, string[]>;
	/** Sections that stay short even under the best allotment, with how many are missing. */
	short: Map<string, number>;
}

/**
 * Gives every section its questions, none twice, in the order of its wishes as far as that goes. Where two sections want the
 * same question, one of them takes another instead if it has one (augmenting paths, as in Kuhn's algorithm for bipartite
 * matching), so that a paper comes out short only where no draw at all could fill it.
 */
export function allotSections(demands: readonly Demand[]): Allotment {
	const holderOf = new Map<string, Demand>();
	const short = new Map<string, number>();
	// Those with the least choice choose first: paths stay short.
	const inTurn = demands.toSorted((a, b) => a.pool.length - a.count - (b.pool.length - b.count));

	for (const demand of inTurn) {
		for (let place = 0; place < demand.count; place++) {
			if (!take(demand, new Set())) {
				short.set(demand.sectionId, demand.count - place);
				break;
			}
		}
	}

	function take(demand: Demand, visited: Set<string>): boolean {
		for (const id of demand.pool) {
			if (!holderOf.has(id)) {
				holderOf.set(id, demand);
				return true;
			}
		}
		for (const id of demand.pool) {
			const holder = holderOf.get(id)!;
			if (holder === demand || visited.has(id)) continue;
			visited.add(id);
			if (!take(holder, visited)) continue;
			holderOf.set(id, demand);
			return true;
		}
		return false;
	}

	const drawn = new Map<string, string[]>();
	for (const { sectionId, pool } of demands) {
		drawn.set(
			sectionId,
			pool.filter((id) => holderOf.get(id)?.sectionId === sectionId)
		);
	}
	return { drawn, short };
}
