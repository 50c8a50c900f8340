import { m } from '#lib/paraglide/messages.js';
import type { QuestionFlag } from '#lib/server/exams/statistics/question-figures.ts';

const flags: Record<QuestionFlag, () => string> = {
	'negative-discrimination': m.statistics_flag_negative,
	'key-likely-wrong': m.statistics_flag_key,
	'too-easy': m.statistics_flag_easy,
	'too-hard': m.statistics_flag_hard,
	'weak-distractor': m.statistics_flag_distractor
};

/** Why somebody should look at a question. */
export const flagName = (flag: QuestionFlag): string => flags[flag]();

/** An option by its stated letter, a judgement, or no answer. */
export function optionName(letter: string | null): string {
	if (letter === null) return m.statistics_no_answer();
	if (letter === 'true') return m.questions_true();
	if (letter === 'false') return m.questions_false();
	return letter;
}

/** What a reliability is good for, by the usual rule of thumb (Nunnally & Bernstein, Psychometric Theory, 3rd ed., 1994, p. 264 f.). */
export function alphaWords(alpha: number): string {
	if (alpha >= 0.9) return m.statistics_alpha_high();
	if (alpha >= 0.7) return m.statistics_alpha_fair();
	return m.statistics_alpha_low();
}
