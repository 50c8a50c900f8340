import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	add,
	ceil,
	compare,
	divide,
	floor,
	formatRational,
	fromNumber,
	multiply,
	rational,
	readDecimal,
	round,
	subtract,
	whole
} from '#lib/server/questions/rational.ts';

const anyRational = fc
	.tuple(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), fc.bigInt({ min: 1n, max: 10_000n }))
	.map(([n, d]) => rational(n, d));

test('adds and multiplies without losing anything', () => {
	fc.assert(
		fc.property(anyRational, anyRational, (a, b) => {
			expect(subtract(add(a, b), b)).toEqual(a);
			if (b.n !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
		})
	);
});

test('a tenth and two tenths are three tenths', () => {
	expect(add(fromNumber(0.1), fromNumber(0.2))).toEqual(fromNumber(0.3));
});

test('orders as subtraction does', () => {
	fc.assert(
		fc.property(anyRational, anyRational, (a, b) => {
			const { n } = subtract(a, b);
			expect(compare(a, b)).toBe(n < 0n ? -1 : n > 0n ? 1 : 0);
		})
	);
});

test('floor and ceil enclose the value', () => {
	fc.assert(
		fc.property(anyRational, (value) => {
			expect(compare(floor(value), value)).toBeLessThanOrEqual(0);
			expect(compare(ceil(value), value)).toBeGreaterThanOrEqual(0);
			expect(compare(subtract(ceil(value), floor(value)), whole(1))).toBeLessThanOrEqual(0);
		})
	);
});

test.each([
	{ value: '2.5', decimals: 0, rounded: '3' },
	{ value: '2.4999', decimals: 0, rounded: '2' },
	{ value: '1.005', decimals: 2, rounded: '1.01' },
	{ value: '-2.5', decimals: 0, rounded: '-3' },
	{ value: '1234.565', decimals: 2, rounded: '1234.57' }
])('rounds $value to $decimals places half up: $rounded', ({ value, decimals, rounded }) => {
	expect(formatRational(round(readDecimal(value)!, decimals))).toBe(rounded);
});

test.each([
	{ value: rational(202500n, 1n), shown: '202500' },
	{ value: rational(15n, 2n), shown: '7.5' },
	{ value: rational(1n, 3n), shown: '0.333333' },
	{ value: rational(-1n, 20n), shown: '-0.05' },
	{ value: rational(0n, 1n), shown: '0' }
])('shows $shown without zeros or separators', ({ value, shown }) => {
	expect(formatRational(value)).toBe(shown);
});

test('reads every decimal that it shows', () => {
	const decimal = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }));
	fc.assert(
		fc.property(decimal, ([digits, places]) => {
			const value = rational(BigInt(digits), 10n ** BigInt(places));
			expect(readDecimal(formatRational(value))).toEqual(value);
		})
	);
});
