import { m } from '#lib/paraglide/messages.js';

type Level = 'nothing' | 'score' | 'answers' | 'explanations';

const levels: Record<Level, () => string> = {
	nothing: m.sitting_review_nothing,
	score: m.sitting_review_score,
	answers: m.sitting_review_answers,
	explanations: m.sitting_review_explanations
};

/** What is shown of a paper after the sitting and after the exam, in one sentence. */
export function reviewWords({
	reviewAfterAttempt,
	reviewAfterClose
}: {
	reviewAfterAttempt: Level;
	reviewAfterClose: Level;
}): string {
	const after = levels[reviewAfterAttempt]();
	const grown = Object.keys(levels).indexOf(reviewAfterClose) > Object.keys(levels).indexOf(reviewAfterAttempt);
	const close = levels[grown ? reviewAfterClose : reviewAfterAttempt]();
	return after === close ? m.sitting_review_always({ level: after }) : m.sitting_review_staged({ after, close });
}

const rules = {
	'all-or-nothing': m.sitting_multiple_all,
	'half-if-incomplete': m.sitting_multiple_half,
	'per-option': m.sitting_multiple_option
};

/** How an answer that is right only in part counts where several options are right. */
export const multipleWords = (rule: keyof typeof rules): string => rules[rule]();

const countings = {
	best: m.sitting_counting_best,
	last: m.sitting_counting_last,
	first: m.sitting_counting_first,
	average: m.sitting_counting_average
};

/** Which of several attempts counts. */
export const countingWords = (counting: keyof typeof countings): string => countings[counting]();
