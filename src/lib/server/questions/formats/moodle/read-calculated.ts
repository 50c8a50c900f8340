import { ExpressionError } from '../../expression-error.ts';
import type { Expression } from '../../expression.ts';
import type { NumericWording, SmallWording } from '../exchange-question.ts';
import { isPlain } from '../fault-of.ts';
import { limits } from '../limits.ts';
import { childOf, elementsIn, textOf, type Element } from '../xml/parse-document.ts';
import { examplesIn, stepOf, type DatasetRow } from './datasets.ts';
import { rounded } from './inline-steps.ts';
import { parseMoodleFormula } from './parse-moodle-formula.ts';
import { printExpression } from './print-expression.ts';
import { answersOf, type MoodleQuestion } from './moodle-question.ts';

/** A calculated question: its formulas in our language, its wildcards as parameters, its prepared values as examples. */
export function readCalculated(question: MoodleQuestion): SmallWording | undefined {
	try {
		return calculated(question);
	} catch (error) {
		if (!(error instanceof ExpressionError || error instanceof RangeError)) throw error;
		const reason = error instanceof ExpressionError ? String(error.values.text ?? '') : error.message;
		question.refuse('formats.moodle-formula', { reason: reason.slice(0, 60) });
		return undefined;
	}
}

function calculated(question: MoodleQuestion): SmallWording | undefined {
	const { element, lose, refuse, text } = question;
	const definitions = elementsIn(childOf(element, 'dataset_definitions') ?? element, 'dataset_definition');
	const names = namesFor(definitions.map((each) => namedText(each, 'name')));
	const nameOf = (wildcard: string) => names.get(wildcard) ?? 'unknown';
	const answers = answersOf(question);
	const right = answers.filter(({ fraction }) => fraction === 100);
	const [only] = right;
	if (!only || right.length > 1) {
		refuse(only ? 'formats.key-several' : 'formats.no-key');
		return undefined;
	}
	const number = (name: string) => Number(textOf(childOf(only.answer, name)).trim() || '0');
	const tree = parseMoodleFormula(only.raw, nameOf);
	const isSignificant = number('correctanswerformat') === 2;
	if (isSignificant || (number('tolerance') !== 0 && number('tolerancetype') !== 2)) lose('tolerance');
	const stated = isSignificant ? 2 : Math.min(6, Math.max(0, number('correctanswerlength')));
	const { formula, decimals } = unrounded(tree, stated);

	const ranges = Object.fromEntries(definitions.map((each) => rangeOf(each, nameOf)));
	const rows = rowsOf(definitions, nameOf);
	const { explanation, steps } = readExplanation(text('generalfeedback'), nameOf, [
		rounded(formula, decimals),
		formula
	]);
	const mistakes = answers
		.filter(({ fraction }) => fraction <= 0)
		.map(({ raw, feedback }) => ({
			formula: printExpression(unrounded(parseMoodleFormula(raw, nameOf), decimals).formula),
			why: feedback
		}));
	if (only.feedback !== '') lose('feedback');
	const units = elementsIn(childOf(element, 'units') ?? element, 'unit').map((unit) =>
		textOf(childOf(unit, 'unit_name'))
	);
	if (units.length > 1) lose('unit');
	const wording: NumericWording = {
		kind: 'numeric',
		stem: renamed(text('questiontext'), names),
		explanation: renamed(explanation, names),
		parameters: ranges,
		...(steps.length > 0 && { steps }),
		formula: printExpression(formula),
		decimals,
		tolerance: number('tolerancetype') === 2 && !isSignificant ? number('tolerance') : 0,
		unit: (units[0] ?? '').trim(),
		...(mistakes.length > 0 && { mistakes }),
		examples: examplesIn(rows, ranges, formula, decimals)
	};
	return wording;
}

const namedText = (element: Element, name: string): string => textOf(childOf(childOf(element, name), 'text')).trim();

/** Wildcards may be called anything; our parameters are lower-case English words of two letters or more. */
function namesFor(wildcards: string[]): Map<string, string> {
	const names = new Map<string, string>();
	for (const wildcard of new Set(wildcards)) {
		const plain = wildcard.toLowerCase().replace(/[^a-z0-9_]/g, '');
		const base = /^[a-z][a-z0-9_]+$/.test(plain) ? plain : `value${/^[a-z0-9_]+$/.test(plain) ? `_${plain}` : ''}`;
		let name = base;
		for (let number = 2; reserved.includes(name) || [...names.values()].includes(name); number++)
			name = `${base}_${number}`;
		names.set(wildcard, name);
	}
	return names;
}

const reserved = ['min', 'max', 'round', 'floor', 'ceil', 'if', 'answer'];

const renamed = (text: string, names: ReadonlyMap<string, string>): string =>
	text.replace(/\{([^{}=]+)\}/g, (whole, name: string) => (names.has(name) ? `{${names.get(name)}}` : whole));

function decimalOf(text: string): number {
	const value = Number(text);
	if (!Number.isFinite(value) || !isPlain(value)) throw new RangeError(text);
	return value;
}

function rangeOf(
	definition: Element,
	nameOf: (wildcard: string) => string
): [string, NumericWording['parameters'][string]] {
	const values = valuesOf(definition).map(({ value }) => value);
	const min = decimalOf(namedText(definition, 'minimum') || '0');
	const max = decimalOf(namedText(definition, 'maximum') || '0');
	return [nameOf(namedText(definition, 'name')), { min, max, step: stepOf(min, max, values) }];
}

function valuesOf(definition: Element): { number: number; value: number }[] {
	return elementsIn(childOf(definition, 'dataset_items') ?? definition, 'dataset_item')
		.slice(0, limits.questions)
		.map((item) => ({
			number: Number(textOf(childOf(item, 'number')).trim()),
			value: decimalOf(textOf(childOf(item, 'value')).trim())
		}));
}

/** The values of all wildcards that are drawn together. */
function rowsOf(definitions: Element[], nameOf: (wildcard: string) => string): DatasetRow[] {
	const rows = new Map<number, DatasetRow>();
	for (const definition of definitions) {
		for (const { number, value } of valuesOf(definition)) {
			const row = rows.get(number) ?? {};
			row[nameOf(namedText(definition, 'name'))] = value;
			rows.set(number, row);
		}
	}
	return [...rows.entries()]
		.sort(([a], [b]) => a - b)
		.map(([, row]) => row)
		.filter((row) => Object.keys(row).length === definitions.length);
}

/** Our own rounding around a formula says the decimals once more. */
function unrounded(tree: Expression, decimals: number): { formula: Expression; decimals: number } {
	const [inner, places] = tree.kind === 'call' && tree.name === 'round' ? tree.values : [];
	if (!inner || places?.kind !== 'number' || places.value.d !== 1n) return { formula: tree, decimals };
	return Number(places.value.n) === decimals ? { formula: inner, decimals } : { formula: tree, decimals };
}

/** Formulas inside of the explanation are the answer, or steps by a name of their own. */
function readExplanation(text: string, nameOf: (wildcard: string) => string, answers: Expression[]) {
	const steps: { name: string; formula: string }[] = [];
	const known = new Map(answers.map((answer) => [printExpression(answer), 'answer']));
	const explanation = text.replace(/\{=((?:[^{}]|\{[^{}]*\})*)\}/g, (whole, raw: string) => {
		let formula: string;
		try {
			formula = printExpression(parseMoodleFormula(raw, nameOf));
		} catch {
			return whole;
		}
		let name = known.get(formula);
		if (name === undefined) {
			name = `step_${steps.length + 1}`;
			known.set(formula, name);
			steps.push({ name, formula });
		}
		return `{${name}}`;
	});
	return { explanation, steps };
}
