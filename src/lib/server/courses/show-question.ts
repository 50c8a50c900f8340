import { letterOf } from '../questions/mistake-of.ts';
import type { ParameterValues } from '../questions/parameters.ts';
import type { Answer } from '../questions/score-answer.ts';
import { stemHtml, type AskedQuestion, type StoredCase } from '../questions/stored-question.ts';
import { renderInline } from '../statutes/content/render-inline.ts';
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

/** A question as it is put to whoever has not passed yet. */
export interface ShownQuestion {
	position: number;
	kind: AskedQuestion['kind'];
	situation: string | null;
	stem: string;
	/** In the order shown. */
	options: { letter: string; text: string }[];
	blanks: number;
	unit: string | null;
	answer: Answer | null;
	answeredAt: Date | null;
}

/**
 * What may be seen of a question before it is passed. Built of named parts and nothing else, so that no key, reason,
 * explanation or stated order can come along.
 */
export function showQuestion(question: PinnedQuestion): ShownQuestion {
	const { position, content, situation, parameters, optionOrder, response, answeredAt } = question;
	return {
		position,
		kind: content.kind,
		situation: situation && renderInline(situation.situation),
		stem: stemHtml(content, parameters ?? {}),
		options: 'options' in content ? shownOptions(content.options, optionOrder ?? []) : [],
		blanks: content.kind === 'fill-in' ? content.blanks.length : 0,
		unit: content.kind === 'numeric' ? content.unit : null,
		answer: asShown(response, optionOrder),
		answeredAt
	};
}

function shownOptions(options: { text: string }[], order: string[]): ShownQuestion['options'] {
	const texts = new Map(options.map(({ text }, index) => [letterOf(index), text]));
	return order.map((stated, index) => ({ letter: letterOf(index), text: texts.get(stated) ?? '' }));
}
