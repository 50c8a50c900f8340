import { ExpressionError } from './expression-error.ts';
import type { CalledFunction, Comparison, Expression, Operator } from './expression.ts';
import { add, ceil, compare, divide, floor, multiply, round, subtract, type Rational } from './rational.ts';

/** Values of the names that a formula may use. */
export type Scope = ReadonlyMap<string, Rational>;

/**
 * The exact value of a formula.
 * @param onBranch is told at each `if` which side was taken
 * @throws ExpressionError for an unknown name and for division by zero
 */
export function evaluate(
	expression: Expression,
	scope: Scope,
	onBranch?: (branch: Expression, taken: boolean) => void
): Rational {
	const valueOf = (each: Expression): Rational => {
		switch (each.kind) {
			case 'number':
				return each.value;
			case 'name':
				return valueOfName(each, scope);
			case 'operation':
				return operate(each.operator, valueOf(each.left), valueOf(each.right), each.position);
			case 'call':
				return callFunction(each.name, each.values.map(valueOf));
			case 'if': {
				const holds = compares(each.comparison, compare(valueOf(each.left), valueOf(each.right)));
				onBranch?.(each, holds);
				return valueOf(holds ? each.then : each.otherwise);
			}
		}
	};
	return valueOf(expression);
}

function valueOfName({ name, position }: { name: string; position: number }, scope: Scope): Rational {
	const value = scope.get(name);
	if (!value) throw new ExpressionError('name', position, { name });
	return value;
}

function operate(operator: Operator, left: Rational, right: Rational, position: number): Rational {
	if (operator === '+') return add(left, right);
	if (operator === '-') return subtract(left, right);
	if (operator === '*') return multiply(left, right);
	if (right.n === 0n) throw new ExpressionError('zero', position);
	return divide(left, right);
}

function callFunction(name: CalledFunction, values: Rational[]): Rational {
	const [first, second] = values as [Rational, Rational];
	if (name === 'floor') return floor(first);
	if (name === 'ceil') return ceil(first);
	if (name === 'round') return round(first, Number(second.n));
	const sign = name === 'min' ? -1 : 1;
	return values.reduce((best, value) => (Math.sign(compare(value, best)) === sign ? value : best));
}

function compares(comparison: Comparison, order: number): boolean {
	if (comparison === '=') return order === 0;
	if (comparison === '<') return order < 0;
	if (comparison === '<=') return order <= 0;
	return comparison === '>' ? order > 0 : order >= 0;
}
