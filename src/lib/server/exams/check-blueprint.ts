import type { Context } from '../platform/context.ts';
import { allotSections } from './allot-sections.ts';
import type { PaperSection } from './draw-paper.ts';
import type { PaperWithSections } from './queries.ts';
import { type Drawing, readPools } from './section-pool.ts';

/** What a section wants and could have. */
export interface SectionFeasibility {
	sectionId: string;
	wanted: number;
	/** Questions (or case sets) that fit, whatever other sections want. */
	available: number;
	/** How many are missing once every section has been given what it can have. */
	missing: number;
}

export interface PaperFeasibility {
	paperId: string;
	/** Questions asked and points given by a paper drawn now; for cases, of the sets that come first. */
	total: number;
	sections: SectionFeasibility[];
	feasible: boolean;
}

/** Whether each paper of an exam can be drawn from the bank as it stands ("only 7 of 10 available"). */
export async function checkBlueprint(
	ctx: Context,
	exam: Drawing,
	papers: readonly PaperWithSections[]
): Promise<PaperFeasibility[]> {
	const pools = await readPools(
		ctx,
		exam,
		papers.flatMap(({ sections }) => sections)
	);
	return papers.map(({ id, sections }) =>
		feasibilityOf(
			id,
			sections.map((section) => pools.get(section.id)!)
		)
	);
}

function feasibilityOf(paperId: string, sections: PaperSection[]): PaperFeasibility {
	const { drawn, short } = allotSections(
		sections.map(({ id, count, pool }) => ({ sectionId: id, count, pool: pool.map((item) => item.id) }))
	);
	const total = sections.reduce((sum, { id, points, pool }) => {
		const ids = new Set(drawn.get(id));
		const asked = pool.reduce((count, item) => count + (ids.has(item.id) ? item.questions.length : 0), 0);
		return sum + asked * points;
	}, 0);
	const judged = sections.map(({ id, count, pool }) => ({
		sectionId: id,
		wanted: count,
		available: pool.length,
		missing: short.get(id) ?? 0
	}));
	const feasible = judged.length > 0 && judged.every(({ missing }) => missing === 0);
	return { paperId, total: Math.round(total * 100) / 100, sections: judged, feasible };
}
