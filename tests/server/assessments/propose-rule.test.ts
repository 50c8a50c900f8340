import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultScheme, type Facts, propose } from '#lib/server/assessments/propose-rule.ts';

const none: Facts = {
	requiredCourses: 0,
	completedCourses: 0,
	completedOnTime: 0,
	checksAnswered: 0,
	checksCorrect: 0,
	hours: 0
};

test.each([
	{
		facts: { requiredCourses: 4, completedCourses: 4, checksAnswered: 40, checksCorrect: 38 },
		score: 98,
		band: 'excellent',
		because: '60% of 100 and 40% of 95'
	},
	{
		facts: { requiredCourses: 4, completedCourses: 4, checksAnswered: 40, checksCorrect: 30 },
		score: 90,
		band: 'excellent',
		because: 'exactly the threshold'
	},
	{
		facts: { requiredCourses: 20, completedCourses: 19, checksAnswered: 40, checksCorrect: 40 },
		score: 97,
		band: 'qualified',
		because: 'a course is open'
	},
	{
		facts: { requiredCourses: 4, completedCourses: 2, checksAnswered: 40, checksCorrect: 30 },
		score: 60,
		band: 'qualified',
		because: 'exactly the threshold'
	},
	{
		facts: { requiredCourses: 4, completedCourses: 1, checksAnswered: 8, checksCorrect: 7 },
		score: 50,
		band: 'not-qualified',
		because: 'below the threshold'
	},
	{
		facts: { requiredCourses: 3, completedCourses: 0 },
		score: 0,
		band: 'not-qualified',
		because: 'courses count alone without checks'
	},
	{
		facts: { checksAnswered: 3, checksCorrect: 2 },
		score: 66.67,
		band: 'qualified',
		because: 'checks count alone without courses'
	}
])('$score, $band: $because', ({ facts, score, band }) => {
	expect(propose({ ...none, ...facts }, defaultScheme)).toMatchObject({ score, band });
});

test('asks for the minimum of hours, and gives them no weight', () => {
	const facts = { ...none, requiredCourses: 1, completedCourses: 1, hours: 39.5 };
	expect(propose(facts, { ...defaultScheme, minimumHours: 40 })).toMatchObject({
		score: 100,
		band: 'not-qualified',
		components: { reasons: ['hours-below-minimum'] }
	});
	expect(propose({ ...facts, hours: 40 }, { ...defaultScheme, minimumHours: 40 })?.band).toBe('excellent');
});

test('proposes nothing for who owed and answered nothing', () => {
	expect(propose({ ...none, hours: 12 }, defaultScheme)).toBeUndefined();
});

test('never gives a worse result for one more course completed or one more right answer', () => {
	const order = ['not-qualified', 'qualified', 'excellent'];
	const facts = fc
		.record({
			requiredCourses: fc.integer({ min: 1, max: 12 }),
			completedCourses: fc.nat(11),
			checksAnswered: fc.integer({ min: 1, max: 99 }),
			checksCorrect: fc.nat(98)
		})
		.filter(
			({ requiredCourses, completedCourses, checksAnswered, checksCorrect }) =>
				completedCourses < requiredCourses && checksCorrect < checksAnswered
		)
		.map((some): Facts => ({ ...none, ...some }));
	fc.assert(
		fc.property(facts, fc.integer({ min: 0, max: 100 }), (some, coursesWeight) => {
			const scheme = { ...defaultScheme, coursesWeight };
			const before = propose(some, scheme);
			for (const better of [
				{ ...some, completedCourses: some.completedCourses + 1 },
				{ ...some, checksCorrect: some.checksCorrect + 1 }
			]) {
				const after = propose(better, scheme);
				expect(after!.score).toBeGreaterThanOrEqual(before!.score);
				expect(order.indexOf(after!.band)).toBeGreaterThanOrEqual(order.indexOf(before!.band));
			}
		})
	);
});
