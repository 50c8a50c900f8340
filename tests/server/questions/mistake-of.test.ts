import { expect, test } from 'vitest';
import { mistakesOf } from '#lib/server/questions/mistake-of.ts';
import { aFillIn, aMultiple, aNumeric, aSingle, aTrueFalse } from '#tests/factories/questions.ts';

test('a right answer shows no mistake', () => {
	expect(mistakesOf(aSingle(), { kind: 'single', chosen: ['B'] })).toEqual([]);
	expect(mistakesOf(aNumeric(), { kind: 'numeric', number: '31500' }, { wage: 4500, months: 8 })).toEqual([]);
});

test('each wrong option says why', () => {
	expect(mistakesOf(aMultiple(), { kind: 'multiple', chosen: ['A', 'B', 'D'] })).toEqual([
		{ at: 'B', why: '乙不对' },
		{ at: 'D', why: '丁不对' }
	]);
});

test('a wrong verdict says why', () => {
	expect(mistakesOf(aTrueFalse(), { kind: 'true-false', value: true })).toEqual([{ why: '那是底线' }]);
});

test.each(['12', '十二', '１２'])('the foreseen wrong filling %s says why, at its blank', (typed) => {
	expect(mistakesOf(aFillIn(), { kind: 'fill-in', blanks: ['前一日', typed] })).toEqual([
		{ at: 2, why: '头一个月不算' }
	]);
});

test('an unforeseen filling says nothing', () => {
	expect(mistakesOf(aFillIn(), { kind: 'fill-in', blanks: ['后一日', '13'] })).toEqual([]);
});

test.each([
	{ number: '36000', why: '头一个月不算' },
	{ number: '63000', why: '已发一倍' },
	{ number: '31501', why: undefined }
])('a miscalculated $number shows: $why', ({ number, why }) => {
	const [mistake] = mistakesOf(aNumeric(), { kind: 'numeric', number }, { wage: 4500, months: 8 });
	expect(mistake?.why).toBe(why);
});

test('a miscalculation that happens to be right is passed over', () => {
	// Before a full year, counting on would give the same: only the later draws tell.
	const [mistake] = mistakesOf(aNumeric(), { kind: 'numeric', number: '63000' }, { wage: 4500, months: 15 });
	expect(mistake?.why).toBe('满一年为止');
});
