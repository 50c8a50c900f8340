import { expect, test } from 'vitest';
import { countingScore, reaches, roundHalfUp } from '#lib/server/exams/counting-score.ts';

const attempts = [
	{ number: 2, score: 72, total: 100 },
	{ number: 1, score: 72, total: 90 },
	{ number: 3, score: 55.5, total: 100 }
];

test.for([
	['first', { score: 72, total: 90 }],
	['last', { score: 55.5, total: 100 }],
	['best', { score: 72, total: 90 }]
] as const)('counts the %s of several attempts', ([counting, counted]) => {
	expect(countingScore(attempts, counting)).toEqual(counted);
});

test('counts the mean share of all attempts, as points of the first paper', () => {
	// (72/90 + 72/100 + 55.5/100) / 3 = 0.691666…, of 90 points 62.25
	expect(countingScore(attempts, 'average')).toEqual({ score: 62.25, total: 90 });
});

test('counts nothing before anything is marked', () => {
	expect(countingScore([{ number: 1, score: null, total: 100 }], 'best')).toBeUndefined();
});

test('rounds halves up without the drift of binary fractions', () => {
	expect(roundHalfUp(1.005)).toBe(1.01);
	expect(roundHalfUp(2.675)).toBe(2.68);
	expect(roundHalfUp(33.333333)).toBe(33.33);
});

test('reaches a mark with exactly its share, and not with a hundredth less', () => {
	expect(reaches({ score: 60, total: 100 }, 60)).toBe(true);
	expect(reaches({ score: 59.99, total: 100 }, 60)).toBe(false);
	expect(reaches({ score: 16.5, total: 30 }, 55)).toBe(true);
	expect(reaches({ score: 0.07, total: 0.1 }, 70)).toBe(true);
});
