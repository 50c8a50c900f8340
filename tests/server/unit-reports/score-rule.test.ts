import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOf, countedScore, type ScoredItem, totalOf } from '#lib/server/unit-reports/score-rule.ts';

const item = (values: Partial<ScoredItem> = {}): ScoredItem => ({
	points: 5,
	verifiedScore: 4.5,
	voided: false,
	off: 0,
	...values
});
const name = (word: string) => ({ 'zh-CN': word, en: word });
const bands = [
	{ name: name('good'), from: 90 },
	{ name: name('passable'), from: 60 },
	{ name: name('poor'), from: 0 }
];

test.each([
	{ values: {}, score: 4.5, because: 'verified' },
	{ values: { verifiedScore: null }, score: null, because: 'not verified yet' },
	{ values: { voided: true, verifiedScore: 0 }, score: 0, because: 'false evidence voids it' },
	{ values: { verifiedScore: 5, off: 0.5 }, score: 4.5, because: 'the report came late' },
	{ values: { verifiedScore: 4, off: 0.5 }, score: 4, because: 'the remark has taken more already' },
	{ values: { verifiedScore: 5, off: 5 }, score: 0, because: 'the report came after more than a month' }
])('counts $score: $because', ({ values, score }) => {
	expect(countedScore(item(values))).toBe(score);
});

test('adds up without the drift of binary fractions, and names the band', () => {
	const total = totalOf([item({ verifiedScore: 0.1 }), item({ verifiedScore: 0.2 }), item({ verifiedScore: null })]);
	expect(total).toEqual({ score: 0.3, points: 15, verified: 2 });
	expect(bandOf({ score: 9, points: 10 }, bands)?.name.en).toBe('good');
	expect(bandOf({ score: 8.99, points: 10 }, bands)?.name.en).toBe('passable');
	expect(bandOf({ score: 0, points: 0 }, bands)).toBeNull();
});

test('a total never exceeds what could be had', () => {
	const scores = fc.record({
		points: fc.integer({ min: 1, max: 2000 }).map((hundredths) => hundredths / 100),
		verifiedScore: fc.option(fc.integer({ min: 0, max: 3000 }).map((hundredths) => hundredths / 100)),
		voided: fc.boolean(),
		off: fc.constantFrom(0, 0.5, 1)
	});
	fc.assert(
		fc.property(fc.array(scores, { maxLength: 20 }), (items) => {
			const { score, points } = totalOf(items);
			expect(score).toBeGreaterThanOrEqual(0);
			expect(score).toBeLessThanOrEqual(points);
		})
	);
});
