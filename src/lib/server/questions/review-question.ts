import { renderInline } from '../statutes/content/render-inline.ts';
import { letterOf } from './letters.ts';
import { mistakesOf } from './mistake-of.ts';
import { mistakenAnswers, numericKey, solve } from './numeric-key.ts';
import { scopeOf, type ParameterValues } from './parameters.ts';
import { equal, formatRational } from './rational.ts';
import { scoreBlanks, scoreItems, scorePairs } from './score-answer.ts';
import { explanationHtml, type AskedQuestion } from './stored-question.ts';
import { type PinnedQuestion, showQuestion, type ShownQuestion, textsOf } from './show-question.ts';

/** What is typically answered instead, and why that is wrong. */
export interface TypicalMistake {
	answer: string;
	why: string;
	/** Whether this very mistake was made. */
	made: boolean;
}

/** A question that was answered, with everything that there is to learn from it. */
export type ReviewedQuestion = Omit<ShownQuestion, 'options' | 'blanks' | 'lefts'> & {
	/** Unknown where a person marks. */
	correct: boolean | null;
	options: { letter: string; text: string; right: boolean; chosen: boolean; why: string | null }[];
	/** The judgement that is right, for true or false. */
	judgement: { right: boolean; given: boolean | null; why: string } | null;
	/** What was typed, and what would have been right. */
	typed: { given: string; right: boolean; key: string; mistakes: TypicalMistake[] }[];
	/** For each left side what was matched with it, and what belongs to it. */
	pairs: { left: string; given: string | null; right: boolean; key: string }[];
	/** Every item in its right place, with the place that it was given. */
	sequence: { text: string; given: number | null; right: boolean }[];
	/** What an answer in words was, and what it is measured by. */
	written: { text: string; reference: string; rubric: { criterion: string; points: number }[] } | null;
	explanation: string;
};

/** The question with its key, reasons and explanation. Only for those who may know them. */
export function reviewQuestion(question: PinnedQuestion & { correct: boolean | null }): ReviewedQuestion {
	const { content, parameters, correct } = question;
	const { blanks: _, lefts: __, ...shown } = showQuestion(question);
	return {
		...shown,
		correct,
		options: reviewOptions(question, shown.options),
		judgement: reviewJudgement(question),
		typed: reviewTyped(question, parameters ?? {}),
		pairs: reviewPairs(question),
		sequence: reviewSequence(question),
		written: reviewWritten(question),
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
	{ content, response, correct }: PinnedQuestion & { correct: boolean | null },
	parameters: ParameterValues
): ReviewedQuestion['typed'] {
	if (content.kind === 'numeric') {
		const given = response && 'number' in response ? response.number : '';
		return [{ given, right: correct ?? false, ...reviewNumber(content, given, parameters) }];
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

function reviewPairs({ content, response }: PinnedQuestion): ReviewedQuestion['pairs'] {
	if (content.kind !== 'matching') return [];
	const matched = response && 'matched' in response ? response.matched : [];
	const right = scorePairs(content, matched);
	const texts = textsOf(content);
	return content.pairs.map((pair, index) => {
		const letter = matched[index];
		const given = letter ? (texts[letter.charCodeAt(0) - 65] ?? null) : null;
		return { left: pair.left, given, right: right[index] ?? false, key: pair.right };
	});
}

function reviewSequence({ content, response }: PinnedQuestion): ReviewedQuestion['sequence'] {
	if (content.kind !== 'ordering') return [];
	const order = response && 'order' in response ? response.order : [];
	const right = scoreItems(content, order);
	return content.items.map((text, index) => {
		const given = order.indexOf(letterOf(index)) + 1;
		return { text, given: given || null, right: right[index] ?? false };
	});
}

function reviewWritten({ content, response }: PinnedQuestion): ReviewedQuestion['written'] {
	if (content.kind !== 'short-answer' && content.kind !== 'essay') return null;
	const { reference, rubric } = content;
	return { text: response && 'text' in response ? response.text : '', reference, rubric };
}
