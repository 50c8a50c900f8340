import type {
	BlankContent,
	MatchingContent,
	MultipleContent,
	NumericContent,
	OrderingContent,
	SmallContent
} from '#lib/server/questions/content/parse-questions.ts';
import { letterOf } from './letters.ts';
import { numericKey, solve } from './numeric-key.ts';
import { scopeOf, type ParameterValues } from './parameters.ts';
import { compare, equal, fromNumber, multiply, rational, round, subtract, type Rational, whole } from './rational.ts';
import { normaliseAnswer, readTypedNumber } from './typed-answer.ts';

/** What a person answered. Letters are those of the file's order, however the options were shown. */
export type Answer =
	| { kind: 'single' | 'multiple'; chosen: string[] }
	| { kind: 'true-false'; value: boolean }
	| { kind: 'fill-in'; blanks: string[] }
	| { kind: 'numeric'; number: string }
	/** For each left side the right side chosen for it. */
	| { kind: 'matching'; matched: (string | null)[] }
	/** What comes first stands first; nothing need be left out. */
	| { kind: 'ordering'; order: string[] }
	| { kind: 'short-answer' | 'essay'; text: string };

/** How a choice of several is scored, as an exam states it. */
export type MultipleScoring = 'all-or-nothing' | 'half-if-incomplete' | 'per-option';

const [none, half, full] = [whole(0), rational(1n, 2n), whole(1)];

/**
 * How much of a question's points an answer earns, from 0 to 1: the share of right blanks, pairs or items in their
 * place, else all or nothing; a choice of several by the rule given. Nothing for the kinds that a person marks.
 * @param parameters the values drawn for a numeric question
 */
export function scoreShare(
	question: SmallContent,
	answer: Answer | undefined,
	parameters: ParameterValues,
	{ multiple }: { multiple: MultipleScoring }
): Rational | undefined {
	if (question.kind === 'short-answer' || question.kind === 'essay') return undefined;
	if (!answer || answer.kind !== question.kind) return none;
	if (question.kind === 'multiple' && 'chosen' in answer) return shareOfChoice(question, answer.chosen, multiple);
	if (question.kind === 'fill-in' && 'blanks' in answer) return shareOf(scoreBlanks(question.blanks, answer.blanks));
	if (question.kind === 'matching' && 'matched' in answer) return shareOf(scorePairs(question, answer.matched));
	if (question.kind === 'ordering' && 'order' in answer) return shareOf(scoreItems(question, answer.order));
	return scoreAnswer(question, answer, parameters) ? full : none;
}

/** The points that a share earns of a question's points: rounded to hundredths, half up. */
export function pointsFor(share: Rational, points: number): number {
	const { n, d } = round(multiply(fromNumber(points), share), 2);
	return Number(n) / Number(d);
}

/**
 * Is the answer right? All or nothing: exactly the key, every blank, pair and place, the number within the tolerance.
 * What a person marks is never found right here.
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
		case 'matching':
			return 'matched' in answer && scorePairs(question, answer.matched).every(Boolean);
		case 'ordering':
			return 'order' in answer && scoreItems(question, answer.order).every(Boolean);
		case 'short-answer':
		case 'essay':
			return false;
	}
}

const shareOf = (right: boolean[]): Rational => rational(BigInt(right.filter(Boolean).length), BigInt(right.length));

function shareOfChoice({ key }: MultipleContent, chosen: string[], rule: MultipleScoring): Rational {
	const letters = new Set(chosen);
	const right = key.filter((letter) => letters.has(letter)).length;
	const wrong = letters.size - right;
	if (right === key.length && wrong === 0) return full;
	if (rule === 'all-or-nothing') return none;
	if (rule === 'half-if-incomplete') return right > 0 && wrong === 0 ? half : none;
	return rational(BigInt(Math.max(0, right - wrong)), BigInt(key.length));
}

/** For each left side, whether its own right side was chosen. The pairs' right sides are lettered in their order. */
export const scorePairs = ({ pairs }: MatchingContent, matched: (string | null)[]): boolean[] =>
	pairs.map((_, index) => matched[index] === letterOf(index));

/** For each place, whether the item that belongs there stands there. */
export const scoreItems = ({ items }: OrderingContent, order: string[]): boolean[] =>
	items.map((_, index) => order[index] === letterOf(index));

function isSameSet(chosen: string[], key: string[]): boolean {
	const letters = new Set(chosen);
	return letters.size === key.length && key.every((letter) => letters.has(letter));
}

/** Which blanks are filled in rightly. */
export const scoreBlanks = (blanks: BlankContent[], typed: string[]): boolean[] =>
	blanks.map((blank, index) => isBlankRight(blank, typed[index] ?? ''));

function isBlankRight(blank: BlankContent, typed: string): boolean {
	if ('accept' in blank) {
		const given = normaliseAnswer(typed);
		return given !== '' && blank.accept.some((accepted) => normaliseAnswer(accepted) === given);
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
