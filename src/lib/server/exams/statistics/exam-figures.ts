/*
 * Figures of a whole exam. Sources: coefficient alpha as in Cronbach, Psychometrika 16 (1951), 297–334; the standard error of
 * measurement as in Lord & Novick, Statistical Theories of Mental Test Scores (1968), § 3.6.
 */

/** Sums over the people of one paper for one of its slots. */
export interface SlotSums {
	n: number;
	/** Sum of points and of their squares. */
	x: number;
	xx: number;
}

/** Variance of a sample from sums (divided by n − 1); null for fewer than two. */
export function sampleVariance({ n, x, xx }: SlotSums): number | null {
	return n < 2 ? null : Math.max(0, (xx - (x * x) / n) / (n - 1));
}

/**
 * Cronbach's α of a paper: k/(k−1) · (1 − Σ var(part) / var(whole)). The parts are its slots; where papers are drawn anew for
 * each person, that is the α of randomly parallel papers. Null with fewer than two parts or people, or where all scored the same.
 */
export function cronbachAlpha(parts: readonly SlotSums[], whole: SlotSums): number | null {
	const variance = sampleVariance(whole);
	if (parts.length < 2 || variance === null || variance === 0) return null;
	const sum = parts.reduce((total, part) => total + (sampleVariance(part) ?? 0), 0);
	return (parts.length / (parts.length - 1)) * (1 - sum / variance);
}

/** Standard error of measurement: SD · √(1 − α), in points; null without α. A negative α counts as 0. */
export function standardError(standardDeviation: number | null, alpha: number | null): number | null {
	return standardDeviation === null || alpha === null ? null : standardDeviation * Math.sqrt(1 - Math.max(0, alpha));
}

/** How many were due, sat and so on. The exempt are not due to sit. */
export interface Turnout {
	/** 应考. */
	due: number;
	/** 免考. */
	exempt: number;
	/** 实考. */
	sat: number;
	/** 缺考. */
	absent: number;
	passed: number;
	failed: number;
	excellent: number;
}

/** 参考率: sat of those due to sit. Null when nobody was. */
export const participationRate = ({ sat, due }: Turnout): number | null => (due > 0 ? sat / due : null);

/** 合格率: passed of those who sat and are marked. Null when nobody is. */
export const passRate = ({ passed, failed }: Turnout): number | null =>
	passed + failed > 0 ? passed / (passed + failed) : null;

/** 优秀率: excellent of those who sat and are marked. */
export const excellentRate = ({ passed, failed, excellent }: Turnout): number | null =>
	passed + failed > 0 ? excellent / (passed + failed) : null;
