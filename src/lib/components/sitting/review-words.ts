import { m } from '#lib/paraglide/messages.js';

type Level = 'nothing' | 'score' | 'answers' | 'explanations';

const levels: Record<Level, () => string> = {
	nothing: m.sitting_review_nothing,
	score: m.sitting_review_score,
	answers: m.sitting_review_answers,
	explanations: m.sitting_review_explanations
};

const order = Object.keys(levels);
/** A later stage never shows less than the one before. */
const more = (one: Level, other: Level): Level => (order.indexOf(other) > order.indexOf(one) ? other : one);

type Policy = { attemptsAllowed: number; reviewNow: Level; reviewAfterAttempt: Level; reviewAfterClose: Level };

/** What is shown of a paper right away, after the last attempt and after the exam: a sentence for each stage that shows more. */
export function reviewWords({ attemptsAllowed, reviewNow, reviewAfterAttempt, reviewAfterClose }: Policy): string[] {
	const own = more(reviewNow, reviewAfterAttempt);
	const now = attemptsAllowed > 1 ? reviewNow : own; // the only attempt is the last one
	const last = more(own, reviewAfterClose);
	if (now === last) return [m.sitting_review_always({ level: levels[last]() })];
	return [
		...(now === 'nothing' ? [] : [m.sitting_review_now({ level: levels[now]() })]),
		...(own === now ? [] : [m.sitting_review_own({ level: levels[own]() })]),
		...(last === own ? [] : [m.sitting_review_close({ level: levels[last]() })])
	];
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
