import type { IndicatorBand } from '#db/schema/indicators.ts';

/** What counts of one assessment item. Points in hundredths would be whole; sums are rounded to them. */
export type ScoredItem = {
	points: number;
	verifiedScore: number | null;
	voided: boolean;
	/** Points that a late report takes off, of the item that looks at reporting. */
	off: number;
};

/** The points of one item: none where its evidence was false, never more than it is worth less what lateness takes off. Null until verified. */
export function countedScore({ points, verifiedScore, voided, off }: ScoredItem): number | null {
	if (voided) return 0;
	if (verifiedScore === null) return null;
	return rounded(Math.max(0, Math.min(verifiedScore, points - off)));
}

/** The points of a unit, and what could be had. What is not verified yet counts nothing. */
export function totalOf(items: readonly ScoredItem[]): { score: number; points: number; verified: number } {
	return {
		score: rounded(items.reduce((sum, item) => sum + (countedScore(item) ?? 0), 0)),
		points: rounded(items.reduce((sum, { points }) => sum + points, 0)),
		verified: items.filter((item) => countedScore(item) !== null).length
	};
}

/** The band of a total: by its share of what could be had, in points of 100. Bands may stand in any order. */
export function bandOf(
	{ score, points }: { score: number; points: number },
	bands: readonly IndicatorBand[]
): IndicatorBand | null {
	if (points === 0) return null;
	const reached = bands.filter(({ from }) => Math.round(score * 10_000) >= Math.round(from * points * 100));
	return reached.toSorted((one, other) => other.from - one.from)[0] ?? null;
}

const rounded = (points: number) => Math.round(points * 100) / 100;
