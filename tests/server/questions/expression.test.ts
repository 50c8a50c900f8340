import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExpressionError } from '#lib/server/questions/expression-error.ts';
import { evaluate } from '#lib/server/questions/evaluate.ts';
import { branchesIn, namesIn, parseExpression } from '#lib/server/questions/expression.ts';
import { compare, formatRational, rational, readDecimal, whole } from '#lib/server/questions/rational.ts';

const scope = new Map(Object.entries({ wage: 6000, months: 7, years: 3 }).map(([name, value]) => [name, whole(value)]));
const valueOf = (text: string) => formatRational(evaluate(parseExpression(text), scope));

test.each([
	['1 + 2 * 3', '7'],
	['(1 + 2) * 3', '9'],
	['10 - 4 - 3', '3'],
	['24 / 4 / 3', '2'],
	['0.1 + 0.2', '0.3'],
	['1 / 3 * 3', '1'],
	['wage * (min(months, 12) - 1)', '36000'],
	['max(1, 2, 5, 3)', '5'],
	['min(wage, 3 * 1500)', '4500'],
	['round(2 / 3, 2)', '0.67'],
	['round(2.5, 0)', '3'],
	['floor(7 / 2)', '3'],
	['ceil(7 / 2)', '4'],
	['floor(0 - 1 / 2)', '-1'],
	['if(months < 7, 1, 2)', '2'],
	['if(months <= 7, 1, 2)', '1'],
	['if(months > 7, 1, 2)', '2'],
	['if(months >= 7, 1, 2)', '1'],
	['if(months = 7, 1, 2)', '1'],
	['years + (min(1, months) + floor(months / 6)) / 2', '4'],
	['if(years > 2, if(months > 8, 1, 2), 3)', '2']
])('%s is %s', (text, value) => {
	expect(valueOf(text)).toBe(value);
});

test('walks only the side of an if that holds', () => {
	expect(valueOf('if(months > 0, wage / months, 1 / 0)')).toBe('857.142857');
});

test.each([
	{ text: '', position: 1, because: 'nothing there' },
	{ text: '1 +', position: 4, because: 'nothing after the sign' },
	{ text: '1 + * 2', position: 5, because: 'two signs' },
	{ text: '(1 + 2', position: 7, because: 'a bracket is left open' },
	{ text: '1 2', position: 3, because: 'two numbers' },
	{ text: 'wage ¥ 2', position: 6, because: 'a strange character' },
	{ text: 'wage ** 2', position: 7, because: 'no powers' },
	{ text: 'Wage', position: 1, because: 'capitals' },
	{ text: '-1', position: 1, because: 'no sign before a number' },
	{ text: 'min(1)', position: 1, because: 'min of one' },
	{ text: 'floor(1, 2)', position: 1, because: 'floor of two' },
	{ text: 'round(1.5)', position: 1, because: 'round without places' },
	{ text: 'round(1.5, months)', position: 1, because: 'places must be a number' },
	{ text: 'sqrt(4)', position: 1, because: 'unknown function' },
	{ text: 'if(1, 2, 3)', position: 5, because: 'no comparison' },
	{ text: 'if(1 < 2 < 3, 1, 2)', position: 10, because: 'two comparisons' },
	{ text: '1 < 2', position: 3, because: 'a comparison outside if' },
	{ text: '1 + （2）', position: 5, because: 'full-width brackets' }
])('refuses $text at $position: $because', ({ text, position }) => {
	const act = () => parseExpression(text);
	expect(act).toThrow(ExpressionError);
	expect(act).toThrow(expect.objectContaining({ position }));
});

test.each([
	{ text: 'pay + 1', position: 1 },
	{ text: '1 / (months - 7)', position: 3 }
])('stops at $text', ({ text, position }) => {
	expect(() => evaluate(parseExpression(text), scope)).toThrow(expect.objectContaining({ position }));
});

test('refuses what is too long or too deep instead of running out of stack', () => {
	expect(() => parseExpression('1'.repeat(501))).toThrow(ExpressionError);
	expect(() => parseExpression(`${'('.repeat(200)}1${')'.repeat(200)}`)).toThrow(ExpressionError);
});

test('throws nothing but its own error, whatever the text', () => {
	const piece = fc.constantFrom(
		'1',
		'2.5',
		'wage',
		'(',
		')',
		',',
		'+',
		'-',
		'*',
		'/',
		'<',
		'=',
		'min',
		'if',
		'round',
		' '
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
			try {
				evaluate(parseExpression(pieces.join('')), scope);
			} catch (error) {
				expect(error).toBeInstanceOf(ExpressionError);
			}
		}),
		{ numRuns: 500 }
	);
});

test('agrees with exact arithmetic on sums and products', () => {
	const number = fc.integer({ min: 0, max: 9999 });
	fc.assert(
		fc.property(number, number, number, fc.integer({ min: 1, max: 99 }), (a, b, c, d) => {
			const value = evaluate(parseExpression(`(${a} + ${b} * ${c}) / ${d}`), new Map());
			expect(value).toEqual(rational(BigInt(a) + BigInt(b) * BigInt(c), BigInt(d)));
		})
	);
});

test('min is never above max', () => {
	const decimal = fc
		.integer({ min: 0, max: 1_000_000 })
		.map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, '0')}`);
	fc.assert(
		fc.property(decimal, decimal, (a, b) => {
			const [low, high] = ['min', 'max'].map((name) => evaluate(parseExpression(`${name}(${a}, ${b})`), new Map()));
			expect(compare(low!, high!)).toBeLessThanOrEqual(0);
			expect([readDecimal(a), readDecimal(b)]).toContainEqual(low);
		})
	);
});

test('finds names and branches wherever they stand', () => {
	const expression = parseExpression('if(wage > 1, if(months < 2, years, 0), min(wage, 3))');
	expect(namesIn(expression).map(({ name }) => name)).toEqual(['wage', 'months', 'years', 'wage']);
	expect(branchesIn(expression)).toHaveLength(2);
});
