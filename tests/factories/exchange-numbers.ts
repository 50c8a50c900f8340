import { evaluate } from '#lib/server/questions/evaluate.ts';
import type { Expression } from '#lib/server/questions/expression.ts';
import { scopeOf } from '#lib/server/questions/parameters.ts';
import { rational, round as roundRational, type Rational } from '#lib/server/questions/rational.ts';

export const scopeValue = (count: number, parts: number): Rational => rational(BigInt(count), BigInt(parts));

/** A formula's value for these parameters, rounded; not a number where it cannot be worked out. */
export function round(formula: Expression, row: Record<string, number>, decimals: number): number {
	try {
		const { n, d } = roundRational(evaluate(formula, scopeOf(row)), decimals);
		const value = Number(n) / Number(d);
		return /e/.test(String(value)) ? NaN : value;
	} catch {
		return NaN;
	}
}
