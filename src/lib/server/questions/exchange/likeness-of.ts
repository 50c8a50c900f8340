import { contentHash } from '#lib/server/platform/content/content-hash.ts';
import { isCase, type ExchangeQuestion, type SmallWording } from '../formats/exchange-question.ts';

/** The text by which a question is looked for: its stem, or the situation of a case. */
export const textOf = (question: ExchangeQuestion): string =>
	isCase(question) ? question.wording.situation : question.wording.stem;

/** A fingerprint of what is asked and what is right. Two questions that differ in their explanation only are the same. */
export const fingerprintOf = (question: ExchangeQuestion): string =>
	contentHash(isCase(question) ? question.wording : askedIn(question.wording));

function askedIn(wording: SmallWording): unknown {
	const { explanation: _, ...asked } = wording;
	switch (asked.kind) {
		case 'single':
		case 'multiple':
			return { ...asked, shuffle: undefined, options: asked.options.map(({ text }) => text) };
		case 'true-false':
			return { ...asked, why: undefined };
		case 'fill-in':
			return { ...asked, blanks: asked.blanks.map((blank) => ({ ...blank, mistakes: undefined })) };
		case 'numeric':
			return { stem: asked.stem, kind: asked.kind, parameters: asked.parameters };
		case 'short-answer':
		case 'essay':
			return { stem: asked.stem, kind: asked.kind };
		default:
			return asked;
	}
}
