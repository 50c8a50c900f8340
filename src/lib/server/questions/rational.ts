/** An exact fraction in lowest terms; the denominator is positive. */
export interface Rational {
	readonly n: bigint;
	readonly d: bigint;
}

export const whole = (value: bigint | number): Rational => ({ n: BigInt(value), d: 1n });

export function rational(n: bigint, d: bigint): Rational {
	if (d === 1n) return { n, d };
	if (d < 0n) return rational(-n, -d);
	const divisor = gcd(n < 0n ? -n : n, d);
	return { n: n / divisor, d: d / divisor };
}

function gcd(a: bigint, b: bigint): bigint {
	while (b !== 0n) [a, b] = [b, a % b];
	return a;
}

export const add = (a: Rational, b: Rational) => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Rational, b: Rational) => rational(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Rational, b: Rational) => rational(a.n * b.n, a.d * b.d);
/** The caller has made sure that the divisor is not zero. */
export const divide = (a: Rational, b: Rational) => rational(a.n * b.d, a.d * b.n);
export const negate = ({ n, d }: Rational): Rational => ({ n: -n, d });

/** Below zero, zero or above zero, like the comparison of two numbers. */
export function compare(a: Rational, b: Rational): number {
	const [left, right] = [a.n * b.d, b.n * a.d];
	return left < right ? -1 : left > right ? 1 : 0;
}

export const equal = (a: Rational, b: Rational) => a.n === b.n && a.d === b.d;

export function floor({ n, d }: Rational): Rational {
	const quotient = n / d;
	return whole(n < 0n && quotient * d !== n ? quotient - 1n : quotient);
}

export const ceil = (value: Rational): Rational => negate(floor(negate(value)));

/** 四舍五入: halves go away from zero. */
export function round(value: Rational, decimals: number): Rational {
	if (value.d === 1n) return value;
	if (value.n < 0n) return negate(round(negate(value), decimals));
	const scale = 10n ** BigInt(decimals);
	const scaled = rational(value.n * scale, value.d);
	return rational(floor(add(scaled, { n: 1n, d: 2n })).n, scale);
}

/** Reads `12`, `0.5` or `-3.25` exactly. */
export function readDecimal(text: string): Rational | undefined {
	const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
	if (!match) return undefined;
	const [, sign, integer, fraction = ''] = match;
	const value = rational(BigInt(integer! + fraction), 10n ** BigInt(fraction.length));
	return sign ? negate(value) : value;
}

/** A number from a content file. Its shortest decimal form is what the author wrote. */
export function fromNumber(value: number): Rational {
	const read = readDecimal(String(value));
	if (!read) throw new RangeError(`not a plain decimal: ${value}`);
	return read;
}

const mostPlaces = 6;

/** Shows a value without trailing zeros or thousands separators; endless fractions are cut to six places, half up. */
export function formatRational(value: Rational): string {
	const rounded = round(value, mostPlaces);
	const sign = rounded.n < 0n ? '-' : '';
	const scaled = String((rounded.n < 0n ? -rounded.n : rounded.n) * (10n ** BigInt(mostPlaces) / rounded.d));
	const padded = scaled.padStart(mostPlaces + 1, '0');
	const fraction = padded.slice(-mostPlaces).replace(/0+$/, '');
	return sign + padded.slice(0, -mostPlaces) + (fraction && `.${fraction}`);
}
