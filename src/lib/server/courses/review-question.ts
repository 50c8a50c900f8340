import { letterOf, mistakesOf } from '../questions/mistake-of.ts';
import { mistakenAnswers, numericKey, solve } from '../questions/numeric-key.ts';
import { scopeOf, type ParameterValues } from '../questions/parameters.ts';
import { equal, formatRational } from '../questions/rational.ts';
import { scoreBlanks } from '../questions/score-answer.ts';
import { explanationHtml, type AskedQuestion } from '../questions/stored-question.ts';
import { renderInline } from '../statutes/content/render-inline.ts';
import { type PinnedQuestion, showQuestion, type ShownQuestion } from './show-question.ts';

/** What is typically answered instead, and why that is wrong. */
export interface TypicalMistake {
	answer: string;
	why: string;
	/** Whether this very mistake was made. */
	made: boolean;
}

/** A question of a passed try with everything that there is to learn from it. */
export type ReviewedQuestion = Omit<ShownQuestion, 'options' | 'blanks'> & {
	correct: boolean;
	options: { letter: string; text: string; right: boolean; chosen: boolean; why: string | null }[];
	/** The judgement that is right, for true or false. */
	judgement: { right: boolean; given: boolean | null; why: string } | null;
	/** What was typed, and what would have been right. */
	typed: { given: string; right: boolean; key: string; mistakes: TypicalMistake[] }[];
	explanation: string;
};

/** The question with its key, reasons and explanation. Only for those who have passed. */
export function reviewQuestion(question: PinnedQuestion & { correct: boolean }): ReviewedQuestion {
	const { content, parameters, correct } = question;
	const { blanks: _, ...shown } = showQuestion(question);
	return {
		...shown,
		correct,
		options: reviewOptions(question, shown.options),
		judgement: reviewJudgement(question),
		typed: reviewTyped(question, parameters ?? {}),
		explanation: explanationHtml(content, parameters ?? {})
	};
}

function reviewOptions({ content, optionOrder, response }: PinnedQuestion, shown: ShownQuestion['options']) {
	if (!('options' in content)) return [];
	const chosen = response && 'chosen' in response ? response.chosen : [];
	return shown.map((option, index) => {
		const stated = optionOrder?.[index] ?? letterOf(index);
		const why = content.options[stated.charCodeAt(0) - 65]?.why;
		return {
			...option,
			right: (content.key as string[]).includes(stated),
			chosen: chosen.includes(stated),
			why: why ? renderInline(why) : null
		};
	});
}

function reviewJudgement({ content, response }: PinnedQuestion): ReviewedQuestion['judgement'] {
	if (content.kind !== 'true-false') return null;
	const given = response && 'value' in response ? response.value : null;
	return { right: content.key, given, why: renderInline(content.why) };
}

function reviewTyped(
	{ content, response, correct }: PinnedQuestion & { correct: boolean },
	parameters: ParameterValues
): ReviewedQuestion['typed'] {
	if (content.kind === 'numeric') {
		const given = response && 'number' in response ? response.number : '';
		return [{ given, right: correct, ...reviewNumber(content, given, parameters) }];
	}
	if (content.kind !== 'fill-in') return [];

	const typed = response && 'blanks' in response ? response.blanks : [];
	const right = scoreBlanks(content.blanks, typed);
	const made = response ? mistakesOf(content, response) : [];
	return content.blanks.map((blank, index) => ({
		given: typed[index] ?? '',
		right: right[index] ?? false,
		key: 'accept' in blank ? (blank.accept[0] ?? '') : String(blank.number),
		mistakes: (blank.mistakes ?? []).map(({ answer, why }) => ({
			answer,
			why: renderInline(why),
			made: made.some((mistake) => mistake.at === index + 1 && mistake.why === why)
		}))
	}));
}

type NumericQuestion = AskedQuestion & { kind: 'numeric' };

function reviewNumber(content: NumericQuestion, given: string, parameters: ParameterValues) {
	const key = numericKey(content);
	const solution = solve(key, scopeOf(parameters));
	const made = mistakesOf(content, { kind: 'numeric', number: given }, parameters)[0]?.why;
	const wrong = mistakenAnswers(key, solution).filter(({ answer }) => !equal(answer, solution.answer));
	return {
		key: formatRational(solution.answer),
		mistakes: wrong.map(({ answer, why }) => ({
			answer: formatRational(answer),
			why: renderInline(why),
			made: why === made
		}))
	};
}
