import type { FailureValues } from '#lib/server/platform/errors.ts';
import { ExpressionError } from '../expression-error.ts';
import { namesIn, parseExpression } from '../expression.ts';
import { normaliseTyped } from '../typed-answer.ts';
import {
	isCase,
	type ChoiceWording,
	type ExchangeQuestion,
	type FillInWording,
	type MatchingWording,
	type NumericWording,
	type OrderingWording,
	type SmallExchange
} from './exchange-question.ts';
import { limits } from './limits.ts';

/** What is wrong: a code for its message `error_…` with its values. */
export interface Fault {
	code: string;
	values?: FailureValues;
}

const fault = (code: string, values?: FailureValues): Fault => ({ code, ...(values && { values }) });

/**
 * Why a question cannot even be a draft, if it cannot: it has no stem, no key that fits its options, and the like.
 * What a question needs beyond that before it is published, its review asks for.
 */
export function faultOf(question: ExchangeQuestion): Fault | undefined {
	const { difficulty } = question;
	if (difficulty !== undefined && !(Number.isInteger(difficulty) && difficulty >= 1 && difficulty <= 5))
		return fault('formats.difficulty');
	const { pictures: _, ...texts } = question;
	if (longestText(texts) > limits.text) return fault('formats.text-too-long', { limit: limits.text });
	if (!isCase(question)) return faultOfSmall(question);
	if (question.wording.situation.trim() === '') return fault('formats.no-stem');
	const { length } = question.questions;
	if (length < 2 || length > 5) return fault('formats.case-size', { count: length });
	for (const [index, each] of question.questions.entries()) {
		const inside = faultOf(each);
		if (inside) return { ...inside, values: { ...inside.values, part: index + 1 } };
	}
	return undefined;
}

function longestText(value: unknown): number {
	if (typeof value === 'string') return value.length;
	if (value === null || typeof value !== 'object') return 0;
	return Object.values(value).reduce((most: number, each) => Math.max(most, longestText(each)), 0);
}

function faultOfSmall({ wording }: SmallExchange): Fault | undefined {
	if (wording.stem.trim() === '') return fault('formats.no-stem');
	switch (wording.kind) {
		case 'single':
		case 'multiple':
			return faultOfChoice(wording);
		case 'fill-in':
			return faultOfBlanks(wording);
		case 'numeric':
			return faultOfNumeric(wording);
		case 'matching':
			return faultOfMatching(wording);
		case 'ordering':
			return faultOfOrdering(wording);
		default:
			return undefined;
	}
}

function faultOfChoice({ kind, options, key }: ChoiceWording): Fault | undefined {
	if (options.length < 2 || options.length > 8) return fault('formats.options', { count: options.length });
	if (options.some(({ text }) => text === '')) return fault('formats.option-empty');
	if (new Set(options.map(({ text }) => normaliseTyped(text) || text)).size < options.length)
		return fault('formats.option-twice');
	if (key.length === 0) return fault('formats.no-key');
	const letters = 'ABCDEFGH'.slice(0, options.length);
	const unknown = key.find((letter) => letter.length !== 1 || !letters.includes(letter));
	if (unknown !== undefined) return fault('formats.key-unknown', { letter: unknown });
	if (new Set(key).size < key.length) return fault('formats.key-twice');
	if (kind === 'single' && key.length > 1) return fault('formats.key-several');
	return undefined;
}

function faultOfBlanks({ stem, blanks }: FillInWording): Fault | undefined {
	if (blanks.length < 1 || blanks.length > 9) return fault('formats.blanks', { count: blanks.length });
	const marks = [...stem.matchAll(/【(\d*)】/g)].map((match) => Number(match[1]));
	if (marks.length !== blanks.length || marks.some((mark, index) => mark !== index + 1))
		return fault('formats.blank-marks', { count: blanks.length });
	const empty = blanks.findIndex((blank) =>
		'accept' in blank
			? blank.accept.length === 0 || blank.accept.some((form) => normaliseTyped(form) === '')
			: !isPlain(blank.number)
	);
	return empty === -1 ? undefined : fault('formats.blank-empty', { number: empty + 1 });
}

/** A number that is written without an exponent. */
export const isPlain = (value: number): boolean => /^-?\d+(\.\d+)?$/.test(String(value));

function faultOfNumeric(wording: NumericWording): Fault | undefined {
	const { parameters, steps = [], formula, mistakes = [], examples } = wording;
	const ranges = Object.entries(parameters);
	if (ranges.length === 0) return fault('formats.no-parameters');
	const wrong = ranges.find(
		([name, { min, max, step }]) =>
			!/^[a-z][a-z0-9_]+$/.test(name) || ![min, max, step].every(isPlain) || max < min || step <= 0
	);
	if (wrong) return fault('formats.parameter', { name: wrong[0] });
	if (examples.some((example) => !Object.values(example).every(isPlain))) return fault('formats.examples');
	const known = new Set(ranges.map(([name]) => name));
	try {
		for (const step of [...steps, { name: 'answer', formula }, ...mistakes.map((each) => ({ ...each, name: '' }))]) {
			const stranger = namesIn(parseExpression(step.formula)).find(({ name }) => !known.has(name));
			if (stranger) return fault('formats.formula-name', { name: stranger.name });
			if (step.name !== 'answer' && step.name !== '') known.add(step.name);
		}
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		return fault(`formula.${error.fault}`, error.values);
	}
	return undefined;
}

function faultOfMatching({ pairs, distractors = [] }: MatchingWording): Fault | undefined {
	if (pairs.length < 2 || pairs.length > 8 || pairs.length + distractors.length > 10)
		return fault('formats.pairs', { count: pairs.length + distractors.length });
	const rights = [...pairs.map(({ right }) => right), ...distractors];
	if ([...rights, ...pairs.map(({ left }) => left)].includes('')) return fault('formats.option-empty');
	if (isRepeated(rights) || isRepeated(pairs.map(({ left }) => left))) return fault('formats.pair-twice');
	return undefined;
}

function faultOfOrdering({ items }: OrderingWording): Fault | undefined {
	if (items.length < 3 || items.length > 8) return fault('formats.items', { count: items.length });
	if (items.includes('')) return fault('formats.option-empty');
	return isRepeated(items) ? fault('formats.option-twice') : undefined;
}

const isRepeated = (texts: string[]): boolean =>
	new Set(texts.map((text) => normaliseTyped(text) || text)).size < texts.length;
