import { renderInline } from '../statutes/content/render-inline.ts';
import { letterOf } from './letters.ts';
import type { ParameterValues } from './parameters.ts';
import type { Answer } from './score-answer.ts';
import { stemHtml, type AskedQuestion, type StoredCase } from './stored-question.ts';
import { asShown } from './shown-letters.ts';

/** A drawn question with what is kept of its wording. */
export interface PinnedQuestion {
	position: number;
	content: AskedQuestion;
	situation: StoredCase | null;
	parameters: ParameterValues | null;
	optionOrder: string[] | null;
	response: Answer | null;
	answeredAt: Date | null;
}

/** A question as it is put to whoever may not know its key yet. */
export interface ShownQuestion {
	position: number;
	kind: AskedQuestion['kind'];
	situation: string | null;
	stem: string;
	/** Options, right sides to match or items to order, in the order shown. */
	options: { letter: string; text: string }[];
	/** What each of the options is to be matched with. */
	lefts: string[];
	blanks: number;
	/** How long an answer in words should be, in characters. */
	words: { min?: number | undefined; max?: number | undefined } | null;
	unit: string | null;
	answer: Answer | null;
	answeredAt: Date | null;
}

/**
 * What may be seen of a question before its key may be. Built of named parts and nothing else, so that no key, reason,
 * explanation or stated order can come along.
 */
export function showQuestion(question: PinnedQuestion): ShownQuestion {
	const { position, content, situation, parameters, optionOrder, response, answeredAt } = question;
	return {
		position,
		kind: content.kind,
		situation: situation && (situation.html ?? renderInline(situation.situation)),
		stem: stemHtml(content, parameters ?? {}),
		options: shownOptions(textsOf(content), optionOrder ?? []),
		lefts: content.kind === 'matching' ? content.pairs.map(({ left }) => left) : [],
		blanks: content.kind === 'fill-in' ? content.blanks.length : 0,
		words: content.kind === 'essay' ? (content.words ?? null) : null,
		unit: content.kind === 'numeric' ? content.unit : null,
		answer: asShown(response, optionOrder),
		answeredAt
	};
}

/** What the letters of a question stand for, in stated order. */
export function textsOf(content: AskedQuestion): string[] {
	if ('options' in content) return content.options.map(({ text }) => text);
	if (content.kind === 'matching') return [...content.pairs.map(({ right }) => right), ...(content.distractors ?? [])];
	return content.kind === 'ordering' ? content.items : [];
}

function shownOptions(texts: string[], order: string[]): ShownQuestion['options'] {
	const byLetter = new Map(texts.map((text, index) => [letterOf(index), text]));
	return order.map((stated, index) => ({ letter: letterOf(index), text: byLetter.get(stated) ?? '' }));
}
