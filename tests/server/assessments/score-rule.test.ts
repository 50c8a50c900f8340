import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect } from 'vitest';
import {
	bands,
	type Component,
	componentKinds,
	examPurposes,
	schemeRule,
	type SchemeRule,
	vetoKinds
} from '#lib/schemas/assessments.ts';
import { inputColumns, type Inputs } from '#lib/server/assessments/inputs.ts';
import { assess, bandOf } from '#lib/server/assessments/score-rule.ts';
import { scored } from '#lib/server/assessments/score-in-sql.ts';
import { test } from '#tests/setup/test.ts';

const nothing: Inputs = {
	required: 0,
	completed: 0,
	onTime: 0,
	obligationIds: [],
	answered: 0,
	correct: 0,
	lessons: 0,
	exams: [],
	absences: 0,
	failures: 0,
	failuresAfterMakeUp: 0,
	passesByMakeUp: 0,
	hours: 0,
	invited: 0,
	attended: 0,
	unitMark: null,
	overdue: 0,
	promotionIds: []
};
const exam = (points: number, on: string, outcome: 'passed' | 'failed' | 'absent' = 'passed') => ({
	examId: `exam of ${on}`,
	makeUpOf: null,
	purpose: 'annual',
	on,
	outcome,
	points: Math.round(points * 100),
	total: 10_000
});
const part = (kind: Component['kind'], weight: number, more: Partial<Component> = {}): Component => ({
	kind,
	weight,
	cap: null,
	basis: '',
	...(kind === 'exam' ? { purpose: 'annual' as const, take: 'best' as const } : {}),
	...more
});
const usual: SchemeRule = {
	components: [part('exam', 50), part('courses', 50)],
	minimums: [],
	vetoes: [],
	bands: [
		{ band: 'excellent', from: 90 },
		{ band: 'qualified', from: 60 }
	],
	decimals: 1
};

describe('the rule', () => {
	test.for([
		{
			facts: { exams: [exam(89.9, '2026-12-08')] },
			score: 89.9,
			band: 'qualified',
			because: 'what was not asked leaves its weight'
		},
		{
			facts: { exams: [exam(90, '2026-12-08')], required: 3, completed: 2 },
			score: 78.3,
			band: 'qualified',
			because: '(90 + 66.67) ÷ 2 is rounded once'
		},
		{
			facts: { exams: [exam(0, '2026-12-08', 'absent')], required: 1, completed: 1 },
			score: 50,
			band: 'not-qualified',
			because: 'absent counts 0'
		},
		{
			facts: { exams: [exam(55, '2026-12-08', 'failed'), exam(95, '2026-12-28')] },
			score: 95,
			band: 'excellent',
			because: 'the best of several counts'
		},
		{
			facts: { exams: [exam(89.95, '2026-12-08')] },
			score: 90,
			band: 'excellent',
			because: 'half goes up, and the band follows the rounded total'
		}
	] as const)('gives $score, $band: $because', ({ facts, score, band }) => {
		expect(assess({ ...nothing, ...facts } as unknown as Inputs, usual)).toMatchObject({
			score: Math.round(score * 100),
			band
		});
	});

	test('gives nothing where nothing was asked', () => {
		expect(assess(nothing, usual)).toBeUndefined();
	});

	test('takes the last of several where the scheme says so, and no more than the cap', () => {
		const rule = { ...usual, components: [part('exam', 100, { take: 'last', cap: 80 })] };
		const exams = [exam(95, '2026-06-01'), exam(50, '2026-12-08', 'failed')];
		expect(assess({ ...nothing, exams }, rule)?.score).toBe(5000);
		expect(assess({ ...nothing, exams: exams.slice(0, 1) }, rule)?.score).toBe(8000);
	});

	test('vetoes and minimums hold the band down, never the score', () => {
		const rule: SchemeRule = {
			...usual,
			minimums: [{ kind: 'hours', least: 40, limit: 'qualified', basis: '' }],
			vetoes: [
				{ when: 'absent', limit: 'not-qualified', basis: '' },
				{ when: 'failed-after-make-up', limit: 'qualified', basis: '' }
			]
		};
		const good = { ...nothing, exams: [exam(96, '2026-12-08')], hours: 400 };
		expect(assess(good, rule)).toMatchObject({ band: 'excellent', limits: [] });
		expect(assess({ ...good, hours: 399 }, rule)).toMatchObject({
			score: 9600,
			band: 'qualified',
			limits: ['minimum:hours']
		});
		expect(assess({ ...good, absences: 1, failuresAfterMakeUp: 1 }, rule)).toMatchObject({
			band: 'not-qualified',
			limits: ['veto:absent', 'veto:failed-after-make-up']
		});
	});
});

describe('a scheme', () => {
	const issuesOf = (rule: unknown) => v.safeParse(schemeRule, rule).issues?.map(({ message }) => message) ?? [];

	test('gives hours and attendance no weight, unless a document is recorded that permits it', () => {
		for (const kind of ['hours', 'attendance'] as const) {
			const rule = (permit?: string) => ({
				...usual,
				components: [part('exam', 90), part(kind, 10, { full: 40, permit })]
			});
			expect(issuesOf(rule())).toContain('scheme.weight-not-permitted');
			expect(issuesOf(rule('  '))).toContain('scheme.weight-not-permitted');
			expect(issuesOf(rule('某人社函〔2026〕31号'))).toEqual([]);
		}
	});

	test('has weights that make 100, and bands in their order', () => {
		expect(issuesOf({ ...usual, components: [part('exam', 50)] })).toContain('scheme.weights-incomplete');
		expect(issuesOf({ ...usual, bands: usual.bands.toReversed() })).toContain('scheme.bands-out-of-order');
		expect(issuesOf(usual)).toEqual([]);
	});
});

const whole = (max: number) => fc.nat({ max });
const someExam = fc.record({
	examId: fc.uuid(),
	makeUpOf: fc.constant(null),
	purpose: fc.constantFrom(...examPurposes),
	on: fc.constantFrom('2026-03-01', '2026-06-01', '2026-12-08'),
	outcome: fc.constantFrom('passed' as const, 'failed' as const, 'absent' as const),
	points: whole(20_000),
	total: fc.integer({ min: 100, max: 20_000 })
});
const someInputs: fc.Arbitrary<Inputs> = fc
	.record({
		required: whole(30),
		completed: whole(30),
		answered: whole(300),
		correct: whole(300),
		exams: fc.array(someExam, { maxLength: 5 }),
		absences: whole(1),
		failures: whole(1),
		failuresAfterMakeUp: whole(1),
		passesByMakeUp: whole(1),
		hours: whole(1200),
		invited: whole(12),
		attended: whole(12),
		unitMark: fc.option(whole(10_000)),
		overdue: whole(1)
	})
	.map((facts) => ({
		...nothing,
		...facts,
		completed: Math.min(facts.completed, facts.required),
		correct: Math.min(facts.correct, facts.answered),
		attended: Math.min(facts.attended, facts.invited),
		exams: facts.exams.map((each) => ({ ...each, points: Math.min(each.points, each.total) }))
	}));
const cents = (max: number) => whole(max * 100).map((value) => value / 100);
const someComponent = (weight: number): fc.Arbitrary<Component> =>
	fc.record({
		kind: fc.constantFrom(...componentKinds),
		weight: fc.constant(weight),
		cap: fc.option(cents(100)),
		basis: fc.constant(''),
		purpose: fc.constantFrom(...examPurposes),
		take: fc.constantFrom('best' as const, 'last' as const),
		full: fc.integer({ min: 1, max: 120 }),
		permit: fc.constant('文号')
	});
const weights = fc
	.array(fc.integer({ min: 1, max: 99 }), { maxLength: 5 })
	.map((cuts) => [0, ...new Set(cuts), 100].toSorted((a, b) => a - b))
	.map((cuts) => cuts.slice(1).map((cut, index) => cut - cuts[index]!));
const someRule: fc.Arbitrary<SchemeRule> = fc
	.record({
		components: weights.chain((each) => fc.tuple(...each.map(someComponent))),
		minimums: fc.uniqueArray(
			fc.record({
				kind: fc.constantFrom('hours' as const, 'attendance' as const),
				least: cents(100),
				limit: fc.constantFrom(...bands),
				basis: fc.constant('')
			}),
			{ selector: ({ kind }) => kind }
		),
		vetoes: fc.uniqueArray(
			fc.record({
				when: fc.constantFrom(...vetoKinds),
				below: cents(100),
				limit: fc.constantFrom(...bands),
				basis: fc.constant('')
			}),
			{ selector: ({ when }) => when }
		),
		from: fc.tuple(cents(100), cents(100)).map((both) => both.toSorted((a, b) => b - a)),
		decimals: fc.constantFrom(0, 1, 2)
	})
	.map(({ from, ...rule }) => ({
		...rule,
		bands: [
			{ band: 'excellent' as const, from: from[0]! },
			{ band: 'qualified' as const, from: from[1]! }
		]
	}));

describe('whatever the scheme and the facts', () => {
	test('SQL computes what TypeScript computes', async ({ ctx }) => {
		await fc.assert(
			fc.asyncProperty(someRule, fc.array(someInputs, { minLength: 1, maxLength: 12 }), async (rule, people) => {
				const { rows } = await ctx.db.execute<{
					score: string | null;
					band: string;
					parts: unknown;
					limits: string[];
				}>(sql`
					select scored.score::text, scored.band::text, scored.parts, scored.limits
					from jsonb_array_elements(${JSON.stringify(people)}::jsonb) with ordinality person (inputs, n)
					cross join lateral jsonb_to_record(person.inputs) as f (${inputColumns}) ${scored(rule)} order by n`);
				for (const [index, inputs] of people.entries()) {
					const { score, band, parts, limits } = rows[index]!;
					const outcome = assess(inputs, rule);
					if (!outcome) expect(score).toBeNull();
					else expect({ score: Math.round(Number(score) * 100), band, parts, limits }).toEqual(outcome);
				}
			}),
			{ numRuns: 150 }
		);
	});

	test('the total lies between the lowest and the highest part, in steps of the rounding', () => {
		fc.assert(
			fc.property(someRule, someInputs, (rule, inputs) => {
				const outcome = assess(inputs, rule);
				if (!outcome) return;
				const parts = outcome.parts.filter((each) => each !== null);
				const step = 100 / 10 ** rule.decimals;
				expect(outcome.score % step).toBe(0);
				expect(outcome.score).toBeGreaterThanOrEqual(Math.min(...parts) - step);
				expect(outcome.score).toBeLessThanOrEqual(Math.max(...parts) + step);
			})
		);
	});

	test('more right never lowers a total, and no limit ever raises a band', () => {
		fc.assert(
			fc.property(someRule, someInputs, (rule, inputs) => {
				const before = assess(inputs, rule);
				const after = assess({ ...inputs, completed: inputs.required, correct: inputs.answered }, rule);
				if (before && after) expect(after.score).toBeGreaterThanOrEqual(before.score);
				if (before)
					expect(bands.indexOf(before.band)).toBeGreaterThanOrEqual(bands.indexOf(bandOf(before.score, [], rule)));
			})
		);
	});

	test('the total is the exact mean by weight, rounded half up once', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 99 }), whole(10_000), whole(10_000), (weight, one, other) => {
				const rule = { ...usual, decimals: 2, components: [part('exam', weight), part('unit-mark', 100 - weight)] };
				const outcome = assess({ ...nothing, exams: [exam(one / 100, '2026-12-08')], unitMark: other }, rule);
				expect(outcome?.score).toBe(Math.floor((2 * (weight * one + (100 - weight) * other) + 100) / 200));
			})
		);
	});
});
