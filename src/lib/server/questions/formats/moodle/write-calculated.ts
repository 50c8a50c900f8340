import type { NumericWording } from '../exchange-question.ts';
import type { Feature } from '../format.ts';
import { placeholdersIn } from '../../content/placeholders.ts';
import type { Expression } from '../../expression.ts';
import { escapeXml } from '../xml/escape-xml.ts';
import { examplesIn, fillerRows, stepOf, type DatasetRow } from './datasets.ts';
import { simple, textElement } from './elements.ts';
import { inlineSteps, rounded } from './inline-steps.ts';
import { printForMoodle } from './print-expression.ts';

/** A numeric question as Moodle's calculated question: its own parts, and its explanation with the formulas worked in. */
export function calculatedParts(
	wording: NumericWording,
	lose: (feature: Feature) => void
): { parts: string[]; explanation: string } {
	const { parameters, decimals, tolerance, unit, examples, steps = [], explanation } = wording;
	const { formula, mistakes, steps: inlined } = inlineSteps(wording);
	if (steps.length > 0) lose('steps');
	const rows = [...examples.map(({ answer: _, ...row }) => row), ...fillerRows(parameters)];
	if (!keepsDataset(wording, rows, formula)) lose('dataset');

	const answer = (tree: Expression, fraction: number, why = '') =>
		[
			`<answer fraction="${fraction}" format="moodle_auto_format"><text>${escapeXml(printForMoodle(rounded(tree, decimals)))}</text>`,
			simple('tolerance', tolerance),
			simple('tolerancetype', 2),
			simple('correctanswerformat', 1),
			simple('correctanswerlength', decimals),
			`${textElement('feedback', why, 'plain_text')}</answer>`
		].join('');
	return {
		explanation: withFormulas(explanation, inlined, rounded(formula, decimals)),
		parts: [
			simple('synchronize', 0),
			simple('single', 0),
			simple('answernumbering', 'abc'),
			simple('shuffleanswers', 1),
			answer(formula, 100),
			...mistakes.map(({ formula, why }) => answer(formula, 0, why)),
			simple('unitgradingtype', 0),
			simple('unitpenalty', '0.1'),
			simple('showunits', unit === '' ? 3 : 0),
			simple('unitsleft', 0),
			...(unit === '' ? [] : [`<units><unit><multiplier>1</multiplier>${simple('unit_name', unit)}</unit></units>`]),
			`<dataset_definitions>${Object.keys(parameters)
				.map((name) => definition(name, wording, rows))
				.join('')}</dataset_definitions>`
		]
	};
}

function withFormulas(text: string, steps: ReadonlyMap<string, Expression>, answer: Expression): string {
	const trees = new Map([...steps, ['answer', answer]]);
	return placeholdersIn(text).reduce((written, name) => {
		const tree = trees.get(name);
		return tree ? written.replaceAll(`{${name}}`, `{=${printForMoodle(tree)}}`) : written;
	}, text);
}

function definition(name: string, { parameters }: NumericWording, rows: DatasetRow[]): string {
	const { min, max, step } = parameters[name]!;
	const places = Math.max(...[min, max, step].map((each) => String(each).split('.')[1]?.length ?? 0));
	const items = rows.map(
		(row, index) => `<dataset_item>${simple('number', index + 1)}${simple('value', row[name] ?? min)}</dataset_item>`
	);
	return [
		'<dataset_definition>',
		'<status><text>private</text></status>',
		textElement('name', name),
		simple('type', 'calculated'),
		textElement('distribution', 'uniform'),
		textElement('minimum', String(min)),
		textElement('maximum', String(max)),
		textElement('decimals', String(places)),
		simple('itemcount', rows.length),
		`<dataset_items>${items.join('')}</dataset_items>`,
		simple('number_of_items', rows.length),
		'</dataset_definition>'
	].join('');
}

/** Whether the ranges and the examples can be told from the rows again. */
function keepsDataset({ parameters, examples, decimals }: NumericWording, rows: DatasetRow[], formula: Expression) {
	const steps = Object.entries(parameters).every(
		([name, { min, max, step }]) =>
			stepOf(
				min,
				max,
				rows.map((row) => row[name] ?? min)
			) === step
	);
	if (!steps) return false;
	try {
		const read = examplesIn(rows, parameters, formula, decimals);
		return sorted(read) === sorted(examples);
	} catch {
		return false;
	}
}

const sorted = (examples: Record<string, number>[]): string =>
	JSON.stringify(examples.map((example) => Object.entries(example).sort(([a], [b]) => (a < b ? -1 : 1))));
