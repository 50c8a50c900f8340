import { lineOf, type Source } from '#lib/server/platform/content/source.ts';
import { namesIn, type Expression } from '#lib/server/questions/expression.ts';
import { numericKey, type NumericKey } from '#lib/server/questions/numeric-key.ts';
import { countCombinations } from '#lib/server/questions/parameters.ts';
import { divide, fromNumber, subtract } from '#lib/server/questions/rational.ts';
import { checkEveryDraw } from './check-draws.ts';
import { checkExamples } from './check-examples.ts';
import { attempt, type Fault } from './fault.ts';
import type { NumericContent } from './parse-questions.ts';
import { placeholdersIn } from './placeholders.ts';

const mostCombinations = 100_000;
const reserved = ['min', 'max', 'round', 'floor', 'ceil', 'if', 'answer'];

/** Parameters, formulas, placeholders, examples and typical mistakes of a numeric question. */
export function checkNumeric(source: Source, question: NumericContent, fault: Fault): void {
	const areRangesSound = checkRanges(source, question, fault);
	checkPlaceholders(source, question, fault);
	const key = parseFormulas(source, question, fault);
	if (!key) return;
	const areNamesKnown = checkNames(source, question, key, fault);
	if (!areRangesSound || !areNamesKnown) return;
	checkExamples(source, question, key, fault);
	checkEveryDraw(source, question, key, fault);
}

function checkRanges(source: Source, { parameters }: NumericContent, fault: Fault): boolean {
	let sound = true;
	const wrong = (name: string, code: string, message: string) => {
		fault(lineOf(source, parameters, name), code, message, { name });
		sound = false;
	};
	for (const [name, { min, max, step }] of Object.entries(parameters)) {
		if (reserved.includes(name)) wrong(name, 'parameter.name', `${name} 是算式里的固定名字，参数请换一个`);
		if (max < min) wrong(name, 'parameter.range', `${name} 的 max 小于 min`);
		else if (step <= 0) wrong(name, 'parameter.range', `${name} 的 step 应当大于零`);
		else if (divide(subtract(fromNumber(max), fromNumber(min)), fromNumber(step)).d !== 1n) {
			wrong(name, 'parameter.range', `${name} 的 max − min 应当是 step 的整数倍`);
		}
	}
	if (Object.keys(parameters).length === 0) wrong('', 'parameter.none', '计算题至少要有一个参数');
	if (sound && countCombinations(parameters) > mostCombinations) {
		const [count, most] = [countCombinations(parameters), mostCombinations];
		const message = `取值组合有 ${count} 种，不能超过 ${most} 种`;
		fault(lineOf(source, parameters, ''), 'parameter.combinations', message, { count, most });
		sound = false;
	}
	return sound;
}

function checkPlaceholders(source: Source, question: NumericContent, fault: Fault): void {
	const { parameters, stem, explanation, steps = [] } = question;
	const inStem = placeholdersIn(stem);
	const known = [...Object.keys(parameters), ...steps.map(({ name }) => name), 'answer'];
	for (const name of inStem.filter((name) => !Object.hasOwn(parameters, name))) {
		fault(lineOf(source, question, 'stem'), 'placeholder.unknown', `题干里的 {${name}} 不是参数`, { name });
	}
	for (const name of placeholdersIn(explanation).filter((name) => !known.includes(name))) {
		fault(
			lineOf(source, question, 'explanation'),
			'placeholder.unknown',
			`解析里的 {${name}} 不是参数、步骤或者 answer`,
			{ name, field: 'explanation' }
		);
	}
	if (!placeholdersIn(explanation).includes('answer')) {
		fault(lineOf(source, question, 'explanation'), 'explanation.no-answer', '解析里要写出 {answer}');
	}
	for (const name of Object.keys(parameters).filter((name) => !inStem.includes(name))) {
		fault(lineOf(source, parameters, name), 'placeholder.missing', `参数 ${name} 没有出现在题干里`, { name });
	}
}

/** Parses each formula by itself, so that a fault in one does not hide those of the others. */
function parseFormulas(source: Source, question: NumericContent, fault: Fault): NumericKey | undefined {
	const { steps = [], mistakes = [], formula } = question;
	const sound = [
		...steps.map((step, index) => ({ ...step, line: question.steps ? lineOf(source, question.steps, index) : 1 })),
		{ formula, line: lineOf(source, question, 'formula') },
		...mistakes.map((mistake) => ({ ...mistake, line: lineOf(source, mistake, 'formula') }))
	].map(({ formula, line }) =>
		attempt(() => numericKey({ ...question, steps: [], mistakes: [], formula }), line, fault)
	);
	return sound.every(Boolean) ? numericKey(question) : undefined;
}

function checkNames(source: Source, question: NumericContent, key: NumericKey, fault: Fault): boolean {
	const known = new Set(Object.keys(question.parameters));
	let sound = true;
	const check = (formula: Expression, line: number) => {
		for (const { name } of namesIn(formula).filter(({ name }) => !known.has(name))) {
			fault(line, 'formula.name', `算式用了 ${name}，它不是参数，也不是前面的步骤`, { name });
			sound = false;
		}
	};
	for (const [index, { name, formula }] of key.steps.entries()) {
		const line = lineOf(source, question.steps!, index);
		check(formula, line);
		if (known.has(name) || reserved.includes(name)) {
			fault(line, 'step.name', `步骤名 ${name} 已经用过，或者是固定名字`, { name });
			sound = false;
		}
		known.add(name);
	}
	check(key.formula, lineOf(source, question, 'formula'));
	for (const [index, { formula }] of key.mistakes.entries()) check(formula, lineOf(source, question.mistakes!, index));
	return sound;
}
