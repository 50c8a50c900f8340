import type { BlankContent, NumericContent, SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { numericKey, solve } from './numeric-key.ts';
import { scopeOf, type ParameterValues } from './parameters.ts';
import { compare, equal, fromNumber, subtract, type Rational } from './rational.ts';
import { normaliseTyped, readTypedNumber } from './typed-answer.ts';

/** What a person answered. Letters are those of the file's order, however the options were shown. */
export type Answer =
	| { kind: 'single' | 'multiple'; chosen: string[] }
	| { kind: 'true-false'; value: boolean }
	| { kind: 'fill-in'; blanks: string[] }
	| { kind: 'numeric'; number: string };

/**
 * Is the answer right? All or nothing: exactly the key, every blank, the number within the tolerance.
 * @param parameters the values drawn for a numeric question
 */
export function scoreAnswer(
	question: SmallContent,
	answer: Answer | undefined,
	parameters: ParameterValues = {}
): boolean {
	if (!answer || answer.kind !== question.kind) return false;
	switch (question.kind) {
		case 'single':
		case 'multiple':
			return 'chosen' in answer && isSameSet(answer.chosen, question.key);
		case 'true-false':
			return 'value' in answer && answer.value === question.key;
		case 'fill-in':
			return 'blanks' in answer && scoreBlanks(question.blanks, answer.blanks).every(Boolean);
		case 'numeric':
			return 'number' in answer && isNumberRight(question, answer.number, parameters);
	}
}

function isSameSet(chosen: string[], key: string[]): boolean {
	const letters = new Set(chosen);
	return letters.size === key.length && key.every((letter) => letters.has(letter));
}

/** Which blanks are filled in rightly. */
export const scoreBlanks = (blanks: BlankContent[], typed: string[]): boolean[] =>
	blanks.map((blank, index) => isBlankRight(blank, typed[index] ?? ''));

function isBlankRight(blank: BlankContent, typed: string): boolean {
	if ('accept' in blank) {
		const given = normaliseTyped(typed);
		return given !== '' && blank.accept.some((accepted) => normaliseTyped(accepted) === given);
	}
	const given = readTypedNumber(typed);
	return given !== undefined && equal(given, fromNumber(blank.number));
}

function isNumberRight(question: NumericContent, typed: string, parameters: ParameterValues): boolean {
	const given = readTypedNumber(typed, question.unit);
	if (!given) return false;
	const key = numericKey(question);
	return isWithin(given, solve(key, scopeOf(parameters)).answer, key.tolerance);
}

/** Is a number no further from another than the tolerance, ends included? */
export function isWithin(given: Rational, wanted: Rational, tolerance: Rational): boolean {
	const difference = subtract(given, wanted);
	const distance = difference.n < 0n ? { n: -difference.n, d: difference.d } : difference;
	return compare(distance, tolerance) <= 0;
}
