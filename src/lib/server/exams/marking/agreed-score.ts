import { roundHalfUp } from '../counting-score.ts';

/** A judgement that its marker has finished. */
export interface FinalMark {
	round: number;
	score: number;
}

/**
 * What the marks of a written answer come to: the first marker's points where one is enough; the mean of two that lie no further
 * apart than the exam allows; the third's where they do. Undefined while somebody is still to mark.
 */
export function agreedScore(
	marks: readonly FinalMark[],
	{ needsSecond, difference }: { needsSecond: boolean; difference: number }
): number | undefined {
	const of = (round: number) => marks.find((mark) => mark.round === round)?.score;
	const [first, second, third] = [of(1), of(2), of(3)];
	if (first === undefined) return undefined;
	if (!needsSecond) return first;
	if (second === undefined) return undefined;
	if (isFar(first, second, difference)) return third;
	return roundHalfUp((first + second) / 2);
}

/** Whether two marks lie further apart than allowed. */
export const isFar = (first: number, second: number, difference: number): boolean =>
	Math.round(Math.abs(first - second) * 100) > Math.round(difference * 100);
