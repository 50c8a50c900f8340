import { evaluate } from './evaluate.ts';
import { parseExpression, type Expression } from './expression.ts';
import type { NumericContent } from '#lib/server/questions/content/parse-questions.ts';
import { fromNumber, round, type Rational } from './rational.ts';

/** A numeric question's formulas, parsed once for any number of draws. */
export interface NumericKey {
	steps: { name: string; formula: Expression }[];
	formula: Expression;
	mistakes: { formula: Expression; why: string }[];
	decimals: number;
	tolerance: Rational;
}

/** Parses the formulas of a question. @throws ExpressionError */
export function numericKey({ steps = [], formula, mistakes = [], decimals, tolerance }: NumericContent): NumericKey {
	return {
		steps: steps.map(({ name, formula }) => ({ name, formula: parseExpression(formula) })),
		formula: parseExpression(formula),
		mistakes: mistakes.map(({ formula, why }) => ({ formula: parseExpression(formula), why })),
		decimals,
		tolerance: fromNumber(tolerance)
	};
}

export interface NumericSolution {
	/** Parameters and steps, exact. */
	scope: Map<string, Rational>;
	/** The answer before it is rounded. */
	exact: Rational;
	/** Rounded once, half up, to the question's decimals. */
	answer: Rational;
}

type OnBranch = (branch: Expression, taken: boolean) => void;

/** Works the question for one draw. Steps are not rounded. @throws ExpressionError for division by zero */
export function solve(
	key: NumericKey,
	parameters: ReadonlyMap<string, Rational>,
	onBranch?: OnBranch
): NumericSolution {
	const scope = new Map(parameters);
	for (const { name, formula } of key.steps) scope.set(name, evaluate(formula, scope, onBranch));
	const exact = evaluate(key.formula, scope, onBranch);
	return { scope, exact, answer: round(exact, key.decimals) };
}

/** What each typical mistake would answer for one draw, in the order in which they are compared. */
export function mistakenAnswers(key: NumericKey, { scope }: NumericSolution): { answer: Rational; why: string }[] {
	return key.mistakes.map(({ formula, why }) => ({ answer: round(evaluate(formula, scope), key.decimals), why }));
}
