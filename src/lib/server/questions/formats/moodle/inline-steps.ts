import { parseExpression, type Expression } from '../../expression.ts';
import type { NumericWording } from '../exchange-question.ts';

/** A numeric question's formulas with every step worked into them, and each step by its name. @throws ExpressionError */
export interface InlineFormulas {
	steps: Map<string, Expression>;
	formula: Expression;
	mistakes: { formula: Expression; why: string }[];
}

export function inlineSteps({ steps = [], formula, mistakes = [] }: NumericWording): InlineFormulas {
	const known = new Map<string, Expression>();
	for (const step of steps) known.set(step.name, inline(parseExpression(step.formula), known));
	return {
		steps: known,
		formula: inline(parseExpression(formula), known),
		mistakes: mistakes.map(({ formula, why }) => ({ formula: inline(parseExpression(formula), known), why }))
	};
}

function inline(expression: Expression, known: ReadonlyMap<string, Expression>): Expression {
	const within = (each: Expression) => inline(each, known);
	switch (expression.kind) {
		case 'number':
			return expression;
		case 'name':
			return known.get(expression.name) ?? expression;
		case 'operation':
			return { ...expression, left: within(expression.left), right: within(expression.right) };
		case 'call':
			return { ...expression, values: expression.values.map(within) };
		case 'if':
			return {
				...expression,
				left: within(expression.left),
				right: within(expression.right),
				then: within(expression.then),
				otherwise: within(expression.otherwise)
			};
	}
}

/** A formula rounded to so many places. */
export const rounded = (formula: Expression, decimals: number): Expression => ({
	kind: 'call',
	name: 'round',
	values: [formula, { kind: 'number', value: { n: BigInt(decimals), d: 1n } }],
	position: 0
});
