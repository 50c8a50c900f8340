import type { Expression } from '../../expression.ts';
import { evaluate } from '../../evaluate.ts';
import { countValues, scopeOf, type ParameterRanges } from '../../parameters.ts';
import { add, fromNumber, multiply, rational, round, subtract, whole, type Rational } from '../../rational.ts';

/** Moodle draws from prepared rows of values, one for every wildcard. */
export type DatasetRow = Record<string, number>;

const fillers = 20;

/**
 * Rows that Moodle may draw, beside the examples: the same for the same ranges, so that a reader can tell them from examples.
 * The first is one step above the least values, so that every step shows.
 */
export function fillerRows(ranges: ParameterRanges): DatasetRow[] {
	const names = Object.keys(ranges);
	return Array.from({ length: fillers }, (_, row) =>
		Object.fromEntries(
			names.map((name, column) => {
				const range = ranges[name]!;
				const count = countValues(range);
				const index = row === 0 ? Math.min(1, count - 1) : (row * (2 * column + 3) + column) % count;
				return [name, toNumber(add(fromNumber(range.min), multiply(fromNumber(range.step), whole(index))))];
			})
		)
	);
}

const toNumber = ({ n, d }: Rational): number => Number(n) / Number(d);

/** The step of which all these values are a multiple away from the least one. */
export function stepOf(min: number, max: number, values: number[]): number {
	const offsets = [max, ...values].map((value) => subtract(fromNumber(value), fromNumber(min)));
	const step = offsets.reduce(gcd, { n: 0n, d: 1n });
	return step.n === 0n ? 1 : Math.abs(toNumber(step));
}

function gcd(a: Rational, b: Rational): Rational {
	const common = a.d * b.d;
	let [x, y] = [a.n * b.d, b.n * a.d];
	if (x < 0n) x = -x;
	if (y < 0n) y = -y;
	while (y !== 0n) [x, y] = [y, x % y];
	return rational(x, common);
}

const mostExamples = 5;

/** The examples among the rows of a file, with their answers: those before our fillers, or the first few of another tool. */
export function examplesIn(
	rows: DatasetRow[],
	ranges: ParameterRanges,
	formula: Expression,
	decimals: number
): Record<string, number>[] {
	const filler = JSON.stringify(fillerRows(ranges));
	const own = rows.length >= fillers && JSON.stringify(rows.slice(-fillers)) === filler;
	const chosen = own ? rows.slice(0, -fillers) : rows.slice(0, mostExamples);
	return chosen.map((row) => ({
		...row,
		answer: toNumber(round(evaluate(formula, scopeOf(row)), decimals))
	}));
}
