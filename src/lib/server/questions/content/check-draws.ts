import type { Problem } from '#lib/server/platform/content/problem.ts';
import { lineOf, report, type Source } from '#lib/server/platform/content/source.ts';
import { ExpressionError } from '#lib/server/questions/expression-error.ts';
import { mistakenAnswers, solve, type NumericKey } from '#lib/server/questions/numeric-key.ts';
import { enumerateParameters } from '#lib/server/questions/parameters.ts';
import { equal, formatRational, type Rational } from '#lib/server/questions/rational.ts';
import { isWithin } from '#lib/server/questions/score-answer.ts';
import type { Fault } from './fault.ts';
import type { NumericContent } from './parse-questions.ts';

/** In how many of its draws a question may be one that no typical mistake gets wrong. */
const mostHarmless = 1 / 3;
/** How a stem tells what to do with further decimals. */
const saysHowToRound = /四舍五入|保留|取整|精确到/;

/** What all draws of a question together say of its typical mistakes. */
interface Tally {
	draws: number;
	/** Draws in which every mistake gives the right answer. */
	harmless: number;
	/** By mistake: whether it ever gives another answer. */
	differs: boolean[];
	/** By mistake: the first draw in which it would be marked right. */
	tolerated: string[];
}

/**
 * Works the question for every combination of its parameters. Nothing may be divided by zero or fall below zero, the key
 * must be the one number that the stem asks for, each mistake must differ somewhere and be marked wrong wherever it does.
 */
export function checkEveryDraw(source: Source, question: NumericContent, key: NumericKey, fault: Fault): void {
	const tally: Tally = { draws: 0, harmless: 0, differs: key.mistakes.map(() => false), tolerated: [] };
	for (const parameters of enumerateParameters(question.parameters)) {
		const wrong = faultInDraw(question, key, parameters, tally);
		if (!wrong) continue;
		const { code, message, values } = wrong;
		const draw = shown(parameters);
		return fault(lineOf(source, question, 'formula'), code, `${message}，参数为 ${draw}`, { ...values, draw });
	}
	checkMistakes(source, question, tally, fault);
}

function faultInDraw(
	{ stem }: NumericContent,
	key: NumericKey,
	parameters: Map<string, Rational>,
	tally: Tally
): Pick<Problem, 'code' | 'message' | 'values'> | undefined {
	try {
		const solution = solve(key, parameters);
		const { answer, exact } = solution;
		if (answer.n < 0n) return { code: 'formula.negative', message: '答案小于零' };
		if (!equal(answer, exact) && !saysHowToRound.test(stem)) {
			const [worked, { decimals }] = [formatRational(exact), key];
			const message = `答案 ${worked} 超出 ${decimals} 位小数，题干没有说怎样舍入`;
			return { code: 'formula.rounding', message, values: { worked, decimals } };
		}
		let isHarmless = true;
		for (const [index, mistake] of mistakenAnswers(key, solution).entries()) {
			if (equal(mistake.answer, answer)) continue;
			isHarmless = false;
			tally.differs[index] = true;
			if (isWithin(mistake.answer, answer, key.tolerance)) tally.tolerated[index] ??= shown(parameters);
		}
		tally.draws += 1;
		if (isHarmless) tally.harmless += 1;
		return undefined;
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		const values = { ...error.values, fault: error.fault };
		return { code: 'formula.wrong', message: `算式有误：${error.message}`, values };
	}
}

function checkMistakes(source: Source, question: NumericContent, tally: Tally, fault: Fault): void {
	const { mistakes = [], id } = question;
	for (const index of mistakes.keys()) {
		const line = lineOf(source, mistakes, index);
		const number = index + 1;
		if (!tally.differs[index]) fault(line, 'mistake.same', '这条误算在任何参数下都与正确答案相同', { number });
		const draw = tally.tolerated[index];
		if (draw)
			fault(line, 'mistake.tolerated', `这条误算在 tolerance 以内，会判为正确，参数为 ${draw}`, { number, draw });
	}
	if (mistakes.length > 0 && tally.harmless > mostHarmless * tally.draws) {
		report(source, {
			level: 'warning',
			line: lineOf(source, question, 'parameters'),
			code: 'mistake.harmless',
			question: id,
			message: `${tally.draws} 组参数里有 ${tally.harmless} 组，各条误算都得出正确答案，不应超过三分之一`,
			values: { draws: tally.draws, harmless: tally.harmless }
		});
	}
}

const shown = (parameters: ReadonlyMap<string, Rational>) =>
	[...parameters].map(([name, value]) => `${name} = ${formatRational(value)}`).join('，');
