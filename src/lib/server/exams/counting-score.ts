import type { examAttempts } from '#db/schema/exam-sittings.ts';
import type { exams } from '#db/schema/exams.ts';

type Counting = (typeof exams.$inferSelect)['counting'];
type Sat = Pick<typeof examAttempts.$inferSelect, 'number' | 'score' | 'total'>;

/** Points that count, with the total that they are of. */
export interface CountingScore {
	score: number;
	total: number;
}

/**
 * The score that counts of several marked attempts: the best by share of points (the earlier of equals), the last, the first,
 * or the mean of all, rounded to two decimals half up. Undefined without any.
 */
export function countingScore(attempts: readonly Sat[], counting: Counting): CountingScore | undefined {
	const marked = attempts.flatMap(({ number, score, total }) => (score === null ? [] : [{ number, score, total }]));
	const inOrder = marked.toSorted((a, b) => a.number - b.number);
	const [first] = inOrder;
	if (!first) return undefined;
	switch (counting) {
		case 'first':
			return pick(first);
		case 'last':
			return pick(inOrder.at(-1)!);
		case 'best':
			return pick(inOrder.reduce((best, each) => (each.score * best.total > best.score * each.total ? each : best)));
		case 'average': {
			const share = inOrder.reduce((sum, { score, total }) => sum + score / total, 0) / inOrder.length;
			return { score: roundHalfUp(share * first.total), total: first.total };
		}
	}
}

const pick = ({ score, total }: CountingScore): CountingScore => ({ score, total });

/** To two decimals, half up, without the drift of binary fractions (1.005 becomes 1.01). */
export const roundHalfUp = (value: number): number => Math.round(Number((value * 100).toFixed(6))) / 100;

/** Whether points reach a mark given in percent of the total; 60 of 100 at 60 % does. */
export const reaches = ({ score, total }: CountingScore, percent: number): boolean =>
	Math.round(score * 10_000) >= Math.round(total * percent * 100);
