import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreAnswer, scoreBlanks } from '#lib/server/questions/score-answer.ts';
import { aFillIn, aMultiple, aNumeric, aSingle, aTrueFalse } from '#tests/factories/questions.ts';

describe('choices', () => {
	test.each([
		{ chosen: ['A', 'C'], right: true, because: 'exactly the key' },
		{ chosen: ['C', 'A'], right: true, because: 'in any order' },
		{ chosen: ['A'], right: false, because: 'incomplete' },
		{ chosen: ['A', 'B', 'C'], right: false, because: 'one too many' },
		{ chosen: ['A', 'A'], right: false, because: 'the same twice' },
		{ chosen: [], right: false, because: 'nothing chosen' }
	])('$chosen is $right: $because', ({ chosen, right }) => {
		expect(scoreAnswer(aMultiple(), { kind: 'multiple', chosen })).toBe(right);
	});

	test('only the key itself is right', () => {
		fc.assert(
			fc.property(fc.subarray(['A', 'B', 'C']), (chosen) => {
				expect(scoreAnswer(aSingle(), { kind: 'single', chosen })).toBe(chosen.join() === 'B');
			})
		);
	});

	test('an answer of another kind is wrong', () => {
		expect(scoreAnswer(aSingle(), { kind: 'multiple', chosen: ['B'] })).toBe(false);
		expect(scoreAnswer(aSingle(), undefined)).toBe(false);
	});
});

test.each([true, false])('true or false: %s', (value) => {
	expect(scoreAnswer(aTrueFalse(), { kind: 'true-false', value })).toBe(!value);
});

describe('blanks', () => {
	test.each(['11', '１１', '十一', ' 11 ', '拾壹', '11。', '一一'])('number %j is eleven', (typed) => {
		expect(scoreBlanks(aFillIn().blanks, ['前一日', typed])).toEqual([true, true]);
	});

	test.each(['12', '', '十', '11.5', '1 2', '十一二', '-11', 'eleven'])('number %j is not eleven', (typed) => {
		expect(scoreBlanks(aFillIn().blanks, ['前一日', typed])).toEqual([true, false]);
	});

	test.each(['前一天', '“前一日”', '前 一 日', '前一日。', '　前一日'])('accepts %j', (typed) => {
		expect(scoreBlanks(aFillIn().blanks, [typed])[0]).toBe(true);
	});

	test.each(['前日', '前一日止', '', '，'])('does not accept %j', (typed) => {
		expect(scoreBlanks(aFillIn().blanks, [typed])[0]).toBe(false);
	});

	test.each([
		['十五日', '15日'],
		['15日', '十五日'],
		['第八十二条', '第８２条'],
		['三万元', '30000元'],
		['二〇〇八年', '2008年'],
		['用工之日起三十日内', '用工之日起30日内']
	])('where %j is accepted, so is %j', (accepted, typed) => {
		expect(scoreBlanks([{ accept: [accepted] }], [typed])).toEqual([true]);
	});

	test.each([
		['十五日', '5日'],
		['一致', '不1致'],
		['三个月', '13个月']
	])('where %j is accepted, %j is not', (accepted, typed) => {
		expect(scoreBlanks([{ accept: [accepted] }], [typed])).toEqual([false]);
	});

	test('all must be right', () => {
		expect(scoreAnswer(aFillIn(), { kind: 'fill-in', blanks: ['前一日', '11'] })).toBe(true);
		expect(scoreAnswer(aFillIn(), { kind: 'fill-in', blanks: ['前一日'] })).toBe(false);
	});
});

describe('numbers', () => {
	const parameters = { wage: 4500, months: 8 };

	test.each(['31500', '31500.00', '31,500', '３１５００', '三万一千五百', '31500元', ' 31 500 '])(
		'%j is right',
		(number) => {
			expect(scoreAnswer(aNumeric(), { kind: 'numeric', number }, parameters)).toBe(true);
		}
	);

	test.each(['31500.01', '31499', '', '元', '31.500,00', '3.15e4', '-31500', '31500 或者 36000'])(
		'%j is wrong',
		(number) => {
			expect(scoreAnswer(aNumeric(), { kind: 'numeric', number }, parameters)).toBe(false);
		}
	);

	test('the tolerance includes its ends', () => {
		const question = aNumeric({ formula: '10', steps: [], tolerance: 0.05 });
		const isRight = (number: string) => scoreAnswer(question, { kind: 'numeric', number }, parameters);
		expect(['9.94', '9.95', '10', '10.05', '10.051'].map(isRight)).toEqual([false, true, true, true, false]);
	});

	test('the answer is rounded once, half up', () => {
		const question = aNumeric({ formula: 'wage / 1000 * 0.01', steps: [] });
		const isRight = (number: string) => scoreAnswer(question, { kind: 'numeric', number }, parameters);
		expect(['0.04', '0.045', '0.05'].map(isRight)).toEqual([false, false, true]);
	});

	test('every example of every draw scores as worked by hand', () => {
		const wage = fc.integer({ min: 6, max: 18 }).map((steps) => steps * 500);
		fc.assert(
			fc.property(wage, fc.integer({ min: 3, max: 18 }), (wage, months) => {
				const number = String(wage * (Math.min(months, 12) - 1));
				expect(scoreAnswer(aNumeric(), { kind: 'numeric', number }, { wage, months })).toBe(true);
			})
		);
	});
});
