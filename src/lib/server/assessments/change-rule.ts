import type { Band, SchemeRule } from '#lib/schemas/assessments.ts';
import { bandOf } from './score-rule.ts';

/** Points that are added or taken away, or another band outright. */
export type Change = { points: number; band: Band | '' };

type Standing = { score: number; band: Band; limits: readonly string[] };

/**
 * What a result becomes by a change. Points move the score, within 0 to 100; the band follows by the scheme, limits included,
 * unless one is named. Undefined where nothing would change. Scores in points, two decimals.
 */
export function changed(
	{ score, band, limits }: Standing,
	change: Change,
	rule: SchemeRule
): { score: number; band: Band } | undefined {
	const hundredths = Math.min(10_000, Math.max(0, Math.round(score * 100) + Math.round(change.points * 100)));
	const next = {
		score: hundredths / 100,
		band: change.band || (change.points === 0 ? band : bandOf(hundredths, limits, rule))
	};
	return next.score === score && next.band === band ? undefined : next;
}
