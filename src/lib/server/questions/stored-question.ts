import { renderInline } from '#lib/server/statutes/content/render-inline.ts';
import type { QuestionContent, SmallContent } from './content/parse-questions.ts';
import { fillPlaceholders } from './content/placeholders.ts';
import { numericValues } from './numeric-values.ts';
import type { ParameterValues } from './parameters.ts';
import { formatRational, fromNumber } from './rational.ts';

/** A small question with its prose rendered; `{name}` still stands for the drawn values. */
export type AskedQuestion = SmallContent & { html: { stem: string; explanation: string } };

/** The situation that several questions share. */
export interface StoredCase {
	kind: 'case';
	situation: string;
	/** The situation as pages show it; made when asked for where it is not kept. */
	html?: string;
}

/** What is kept of one wording of a question. */
export type StoredQuestion = AskedQuestion | StoredCase;

type Pictures = (name: string) => string;

/** Renders a question's prose for keeping. @param pictures the address of a picture by its name; without it pictures are left out */
export function storedQuestion(question: SmallContent, pictures?: Pictures): AskedQuestion;
export function storedQuestion(question: QuestionContent, pictures?: Pictures): StoredQuestion;
export function storedQuestion(question: QuestionContent, pictures?: Pictures): StoredQuestion {
	if (question.kind === 'case') return { kind: 'case', situation: question.situation };
	const { stem, explanation } = question;
	return {
		...question,
		html: { stem: renderInline(stem, pictures), explanation: renderInline(explanation, pictures) }
	};
}

/** Renders the situation of a case for keeping. */
export const storedCase = (situation: string, pictures?: Pictures): StoredCase => ({
	kind: 'case',
	situation,
	html: renderInline(situation, pictures)
});

/** The stem as HTML with the drawn values in it. Gives away nothing but what the author put into the stem. */
export function stemHtml({ html }: AskedQuestion, parameters: ParameterValues = {}): string {
	const values = Object.entries(parameters).map(([name, value]) => [name, formatRational(fromNumber(value))]);
	return fillPlaceholders(html.stem, Object.fromEntries(values));
}

/** The explanation as HTML with drawn values, steps and the answer in it. For the eyes of those who may see the key. */
export function explanationHtml(question: AskedQuestion, parameters: ParameterValues = {}): string {
	if (question.kind !== 'numeric') return question.html.explanation;
	return fillPlaceholders(question.html.explanation, numericValues(question, parameters));
}
