/*
 * Figures of one question in one exam, from sums. Sources: facility and discrimination as in Ebel & Frisbie, Essentials of
 * Educational Measurement (5th ed., 1991), ch. 13; the item–rest correlation as corrected by Henrysson, Psychometrika 28 (1963);
 * the point-biserial correlation as in Lord & Novick, Statistical Theories of Mental Test Scores (1968), § 15.5.
 */

import { smallSample } from '#lib/schemas/statistics.ts';
import type { Choosable } from './question-options.ts';

/** Everybody who chose the same in a question and got the same points for it. */
export interface AnswerGroup {
	/** The options by their bits, 0 for an answer without options; null for no answer. */
	choice: number | null;
	/** Points given for this answer. */
	score: number;
	/** Points that the question was worth to all of these people together. */
	points: number;
	count: number;
	/** Sum of the whole papers' points of these people, and of their squares. */
	totals: number;
	squares: number;
}

export interface OptionFigures {
	/** In the stated order; `null` for no answer. */
	letter: string | null;
	isKey: boolean;
	count: number;
	/** Correlation between choosing it and the points for the rest of the paper; null where it has no variance. */
	pointBiserial: number | null;
}

/** How long a question takes: median seconds between receipts, over so many answers. Of the question, never of a person. */
export interface QuestionTime {
	count: number;
	median: number;
}

/** From so many answers on a median is said: of fewer it would tell how long somebody took. */
export const fewestTimes = 10;

export interface QuestionFigures {
	/** People who were asked it, and of those who answered at all. */
	asked: number;
	answered: number;
	/** Share of the points, 0 to 1: what was given, of what could be; null for a question that was dropped. */
	facility: number | null;
	/** Correlation of its points with those of the rest of the paper; null without variance. */
	discrimination: number | null;
	options: OptionFigures[];
	/** Null where too few receipts tell. */
	time: QuestionTime | null;
}

interface Sums {
	n: number;
	x: number;
	xx: number;
	r: number;
	rr: number;
	xr: number;
}

/** Sums of x and of the rest of the paper over groups, where x is a number for each group. */
function sumsOf(groups: readonly AnswerGroup[], valueOf: (group: AnswerGroup) => number): Sums {
	const sums: Sums = { n: 0, x: 0, xx: 0, r: 0, rr: 0, xr: 0 };
	for (const group of groups) {
		const { score, count, totals, squares } = group;
		const x = valueOf(group);
		const rest = totals - count * score;
		sums.n += count;
		sums.x += count * x;
		sums.xx += count * x * x;
		sums.r += rest;
		sums.rr += squares - 2 * score * totals + count * score * score;
		sums.xr += x * rest;
	}
	return sums;
}

/** Pearson's correlation from sums; null where either side does not vary. */
export function correlation({ n, x, xx, r, rr, xr }: Sums): number | null {
	const varianceX = xx - (x * x) / n;
	const varianceR = rr - (r * r) / n;
	const tiny = 1e-9;
	if (n < 2 || varianceX <= tiny || varianceR <= tiny) return null;
	return clamp((xr - (x * r) / n) / Math.sqrt(varianceX * varianceR));
}

const clamp = (value: number): number => Math.max(-1, Math.min(1, value));

/**
 * Figures of one question, but for its time.
 * @param options what can be chosen, in the stated order; none for kinds without options
 */
export function questionFigures(
	groups: readonly AnswerGroup[],
	options: readonly Choosable[]
): Omit<QuestionFigures, 'time'> {
	const asked = groups.reduce((sum, { count }) => sum + count, 0);
	const answered = groups.reduce((sum, { choice, count }) => sum + (choice === null ? 0 : count), 0);
	const scored = groups.reduce((sum, { score, count }) => sum + score * count, 0);
	const points = groups.reduce((sum, group) => sum + group.points, 0);
	const optionOf = (letter: string | null, isKey: boolean, bit = 0): OptionFigures => {
		const chose = ({ choice }: AnswerGroup) => (letter === null ? choice === null : ((choice ?? 0) & bit) > 0);
		return {
			letter,
			isKey,
			count: groups.reduce((sum, group) => sum + (chose(group) ? group.count : 0), 0),
			pointBiserial: correlation(sumsOf(groups, (group) => (chose(group) ? 1 : 0)))
		};
	};
	return {
		asked,
		answered,
		facility: points > 0 ? scored / points : null,
		discrimination: correlation(sumsOf(groups, ({ score }) => score)),
		options:
			options.length > 0
				? [...options.map(({ letter, isKey, bit }) => optionOf(letter, isKey, bit)), optionOf(null, false)]
				: []
	};
}

/** Why somebody should look at a question; a reason to look, not a verdict. */
export type QuestionFlag = 'negative-discrimination' | 'key-likely-wrong' | 'too-easy' | 'too-hard' | 'weak-distractor';

/** What the figures of a question suggest looking at; nothing where everybody was given the points, or it was dropped. Below `smallSample` people nothing is suggested but what nobody or everybody got right. */
export function flagsOf(
	{ asked, facility, discrimination, options }: QuestionFigures,
	mended: string | null = null
): QuestionFlag[] {
	const flags: QuestionFlag[] = [];
	if (asked === 0 || facility === null || mended === 'full-credit') return flags;
	if (facility >= 0.95) flags.push('too-easy');
	if (facility <= 0.2) flags.push('too-hard');
	if (asked < smallSample) return flags;
	if (discrimination !== null && discrimination < 0) flags.push('negative-discrimination');

	const rightest = Math.max(...options.filter(({ isKey }) => isKey).map(({ pointBiserial }) => pointBiserial ?? -1));
	const suspects = options.filter(({ letter, isKey }) => letter !== null && !isKey);
	if (suspects.some(({ pointBiserial }) => pointBiserial !== null && pointBiserial > 0.1 && pointBiserial > rightest))
		flags.push('key-likely-wrong');
	if (suspects.some(({ count }) => count / asked < 0.02)) flags.push('weak-distractor');
	return flags;
}
