import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	type AnswerGroup,
	flagsOf,
	questionFigures,
	type QuestionFigures
} from '#lib/server/exams/statistics/question-figures.ts';
import { pearson } from './naive.ts';

/** One person's answer to the question, and the points of the whole paper. */
interface Given {
	chosen: string[] | null;
	score: number;
	total: number;
}

/** What the database groups: everybody who answered alike. */
function grouped(given: Given[], points = 2): AnswerGroup[] {
	const groups = Map.groupBy(given, ({ chosen, score }) => JSON.stringify([chosen, score]));
	return [...groups.values()].map((alike) => ({
		choice: alike[0]!.chosen?.reduce((bits, letter) => bits | bitOf(letter), 0) ?? null,
		score: alike[0]!.score,
		points: points * alike.length,
		count: alike.length,
		totals: alike.reduce((sum, { total }) => sum + total, 0),
		squares: alike.reduce((sum, { total }) => sum + total * total, 0)
	}));
}

const bitOf = (letter: string) => 1 << (letter.charCodeAt(0) - 65);
const letters = ['A', 'B', 'C'].map((letter) => ({ letter, isKey: letter === 'B', bit: bitOf(letter) }));

/*
 * Worked by hand. Four people, a question of two points with key B:
 *   B, 2 of 8 → rest 6    B, 2 of 6 → rest 4    A, 0 of 3 → rest 3    none, 0 of 1 → rest 1
 * Facility: (2 + 2 + 0 + 0) / (4 · 2) = 0.5.
 * Points x: mean 1, deviations 1, 1, −1, −1, Σ² = 4. Rest r: mean 3.5, deviations 2.5, 0.5, −0.5, −2.5, Σ² = 13.
 * Σ products = 2.5 + 0.5 + 0.5 + 2.5 = 6. Discrimination: 6 / √(4 · 13) = 6 / √52 = 0.832050294…
 * B (1, 1, 0, 0) is x / 2, so its point-biserial is the same.
 * A (0, 0, 1, 0): deviations −¼, −¼, ¾, −¼, Σ² = 3/4. Products: −0.625 − 0.125 − 0.375 + 0.625 = −0.5. r = −0.5 / √(0.75 · 13) = −0.160128154…
 * No answer (0, 0, 0, 1): products −0.625 − 0.125 + 0.125 − 1.875 = −2.5. r = −2.5 / √9.75 = −0.800640769…
 * C: nobody, no variance, no correlation.
 */
test('agrees with an example worked by hand', () => {
	const given: Given[] = [
		{ chosen: ['B'], score: 2, total: 8 },
		{ chosen: ['B'], score: 2, total: 6 },
		{ chosen: ['A'], score: 0, total: 3 },
		{ chosen: null, score: 0, total: 1 }
	];
	const figures = questionFigures(grouped(given), letters);
	expect(figures).toMatchObject({ asked: 4, answered: 3, facility: 0.5 });
	expect(figures.discrimination).toBeCloseTo(6 / Math.sqrt(52), 12);
	expect(figures.options.map(({ letter, count }) => [letter, count])).toEqual([
		['A', 1],
		['B', 2],
		['C', 0],
		[null, 1]
	]);
	const [a, b, c, none] = figures.options.map(({ pointBiserial }) => pointBiserial);
	expect(a).toBeCloseTo(-0.5 / Math.sqrt(9.75), 12);
	expect(b).toBeCloseTo(6 / Math.sqrt(52), 12);
	expect(c).toBeNull();
	expect(none).toBeCloseTo(-2.5 / Math.sqrt(9.75), 12);
});

test('a question that is worth more to some has the points given of the points possible', () => {
	const [two, four] = [
		[{ chosen: ['B'], score: 2, total: 9 }],
		[
			{ chosen: ['A'], score: 0, total: 3 },
			{ chosen: ['B'], score: 4, total: 7 }
		]
	];
	// (2 + 0 + 4) of (2 + 4 + 4), not the mean of 2/2, 0/4 and 4/4, nor all of 2.
	expect(questionFigures([...grouped(two!, 2), ...grouped(four!, 4)], letters).facility).toBe(0.6);
});

test('agrees with the textbook formulas over whole lists', () => {
	const one = fc.record({
		chosen: fc.constantFrom<string[] | null>(['A'], ['B'], ['C'], null),
		rest: fc.integer({ min: 0, max: 9_800 })
	});
	fc.assert(
		fc.property(fc.array(one, { minLength: 2, maxLength: 60 }), (people) => {
			const given = people.map(({ chosen, rest }) => {
				const score = chosen?.[0] === 'B' ? 2 : chosen?.[0] === 'C' ? 0.67 : 0;
				return { chosen, score, total: score + rest / 100 };
			});
			const rest = given.map(({ score, total }) => total - score);
			const figures = questionFigures(grouped(given), letters);
			expectClose(
				figures.discrimination,
				pearson(
					given.map(({ score }) => score),
					rest
				)
			);
			for (const { letter, pointBiserial } of figures.options) {
				const chose = given.map(({ chosen }) => ((chosen?.[0] ?? null) === letter ? 1 : 0));
				expectClose(pointBiserial, pearson(chose, rest));
			}
			const facility = given.reduce((sum, { score }) => sum + score, 0) / (2 * given.length);
			expectClose(figures.facility, facility);
		})
	);
});

function expectClose(one: number | null, other: number | null): void {
	// Rests that lie within rounding of each other have no correlation to speak of.
	if (one === null || other === null) return expect(Math.abs(one ?? other ?? 0)).toBeLessThanOrEqual(1);
	expect(Math.abs(one - other)).toBeLessThan(1e-9);
}

const figures = (over: Partial<QuestionFigures>): QuestionFigures => ({
	asked: 100,
	answered: 100,
	facility: 0.6,
	discrimination: 0.3,
	options: [],
	time: null,
	...over
});
const option = (letter: string, isKey: boolean, pointBiserial: number, count = 30) => ({
	letter,
	isKey,
	pointBiserial,
	count
});

test.each([
	{ of: figures({}), flags: [], because: 'nothing to look at' },
	{ of: figures({ facility: 0.97 }), flags: ['too-easy'], because: 'nearly everybody has it right' },
	{ of: figures({ facility: 0.2 }), flags: ['too-hard'], because: 'nearly nobody has' },
	{
		of: figures({ discrimination: -0.05 }),
		flags: ['negative-discrimination'],
		because: 'the better ones get it wrong'
	},
	{ of: figures({ asked: 29, discrimination: -0.5 }), flags: [], because: 'too few people to say' },
	{
		of: figures({ options: [option('A', true, -0.1), option('B', false, 0.3)] }),
		flags: ['key-likely-wrong'],
		because: 'the better ones choose B'
	},
	{
		of: figures({ options: [option('A', true, 0.3), option('B', false, -0.2, 1)] }),
		flags: ['weak-distractor'],
		because: 'hardly anybody falls for B'
	}
])('flags $flags: $because', ({ of, flags }) => {
	expect(flagsOf(of)).toEqual(flags);
});

test('suggests nothing where everybody was given the points, or the question was dropped', () => {
	expect(flagsOf(figures({ facility: 1 }), 'full-credit')).toEqual([]);
	expect(flagsOf(figures({ facility: null, discrimination: -0.3 }), 'drop-question')).toEqual([]);
});
