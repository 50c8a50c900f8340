import { letterOf } from '../questions/letters.ts';
import { reviewQuestion, type ReviewedQuestion } from '../questions/review-question.ts';
import { type PinnedQuestion, textsOf } from '../questions/show-question.ts';

type Kept = Omit<PinnedQuestion, 'optionOrder' | 'position' | 'answeredAt'> & { correct: boolean };

/** A kept answer with the solution, options in stated order. The reasons only where the question is `explained` already. */
export function reviewKept(kept: Kept, explained: boolean): ReviewedQuestion {
	const texts = textsOf(kept.content);
	const optionOrder = texts.length > 0 ? texts.map((_, index) => letterOf(index)) : null;
	const review = reviewQuestion({ ...kept, optionOrder, position: 1, answeredAt: null });
	return explained ? review : withoutReasons(review);
}

const withoutReasons = (review: ReviewedQuestion): ReviewedQuestion => ({
	...review,
	options: review.options.map((option) => ({ ...option, why: null })),
	judgement: review.judgement && { ...review.judgement, why: '' },
	typed: review.typed.map((typed) => ({ ...typed, mistakes: [] })),
	explanation: ''
});
