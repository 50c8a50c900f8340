import type { examKeyChanges } from '#db/schema/exam-marking.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { type AnsweredSlot, scoreSlot, type Scoring } from '../score-slot.ts';

export type KeyPolicy = (typeof examKeyChanges.$inferSelect)['policy'];

/**
 * Points for an answer after the key of its question was mended: everybody's full points, the better of what the old and the
 * new key give, what the new key gives, or none for a question that is dropped.
 * Undefined where a person has to mark it.
 */
export function mendedScore(
	answer: AnsweredSlot,
	mended: AskedQuestion,
	policy: KeyPolicy,
	scoring: Scoring
): number | undefined {
	const byNew = scoreSlot({ ...answer, content: mended }, scoring);
	switch (policy) {
		case 'full-credit':
			return answer.points;
		case 'drop-question':
			return 0;
		case 'new-key':
			return byNew;
		case 'both-keys':
			return byNew === undefined ? undefined : Math.max(scoreSlot(answer, scoring) ?? 0, byNew);
	}
}

/** Whether answers to one wording can be scored by another: the same kind with as many options, blanks, pairs or items. */
export function isSameShape(a: AskedQuestion, b: AskedQuestion): boolean {
	if (a.kind !== b.kind) return false;
	if ('options' in a && 'options' in b) return a.options.length === b.options.length;
	if (a.kind === 'fill-in' && b.kind === 'fill-in') return a.blanks.length === b.blanks.length;
	if (a.kind === 'matching' && b.kind === 'matching') {
		const sides = ({ pairs, distractors = [] }: typeof a) => [pairs.length, distractors.length].join();
		return sides(a) === sides(b);
	}
	if (a.kind === 'ordering' && b.kind === 'ordering') return a.items.length === b.items.length;
	if (a.kind === 'numeric' && b.kind === 'numeric')
		return Object.keys(a.parameters).toSorted().join() === Object.keys(b.parameters).toSorted().join();
	return true;
}
