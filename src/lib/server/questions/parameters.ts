import { createHash } from 'node:crypto';
import { add, floor, divide, fromNumber, multiply, subtract, whole, type Rational } from './rational.ts';

/** The values that a numeric question's parameters may take: from min to max in equal steps, both ends included. */
export interface ParameterRange {
	min: number;
	max: number;
	step: number;
}
export type ParameterRanges = Record<string, ParameterRange>;

/** The drawn values of one asking of a numeric question, as decimals without exponent. */
export type ParameterValues = Record<string, number>;

/** How many values a range holds. Assumes a positive step. */
export function countValues({ min, max, step }: ParameterRange): number {
	const steps = divide(subtract(fromNumber(max), fromNumber(min)), fromNumber(step));
	return Number(floor(steps).n) + 1;
}

/** How many different papers a question can make. */
export const countCombinations = (ranges: ParameterRanges): number =>
	Object.values(ranges).reduce((product, range) => product * countValues(range), 1);

/** Draws values for a question. The same seed always draws the same. */
export function drawParameters(ranges: ParameterRanges, seed: string): ParameterValues {
	const values: ParameterValues = {};
	for (const [name, range] of Object.entries(ranges)) {
		values[name] = toNumber(valueAt(range, draw(`${seed}\n${name}`, countValues(range))));
	}
	return values;
}

/** A whole number below `count`; 2^48 is so far above any count that no value is favoured noticeably. */
function draw(seed: string, count: number): number {
	return createHash('sha256').update(seed).digest().readUIntBE(0, 6) % count;
}

function valueAt({ min, step }: ParameterRange, index: number): Rational {
	return add(fromNumber(min), multiply(fromNumber(step), whole(index)));
}

/** Exact for the plain decimals that ranges are made of. */
const toNumber = ({ n, d }: Rational): number => Number(n) / Number(d);

/** Every combination of parameter values, the last parameter changing fastest. */
export function* enumerateParameters(ranges: ParameterRanges): Generator<Map<string, Rational>> {
	const names = Object.keys(ranges);
	const values = names.map((name) => {
		const range = ranges[name]!;
		return Array.from({ length: countValues(range) }, (_, index) => valueAt(range, index));
	});
	const indexes = names.map(() => 0);
	for (;;) {
		yield new Map(names.map((name, place) => [name, values[place]![indexes[place]!]!]));
		let place = names.length - 1;
		while (place >= 0 && ++indexes[place]! === values[place]!.length) indexes[place--] = 0;
		if (place < 0) return;
	}
}

/** Drawn values as the scope of a formula. */
export const scopeOf = (values: ParameterValues): Map<string, Rational> =>
	new Map(Object.entries(values).map(([name, value]) => [name, fromNumber(value)]));
