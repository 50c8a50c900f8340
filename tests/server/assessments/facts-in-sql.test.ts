import { and, eq, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { assessmentUnitMarks } from '#db/schema/assessments.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import '#lib/server/jobs/subscriptions.ts';
import { factsOf } from '#lib/server/assessments/facts-in-sql.ts';
import type { Inputs } from '#lib/server/assessments/inputs.ts';
import { usualRule } from '#lib/server/assessments/schemes/usual-rule.ts';
import { assess } from '#lib/server/assessments/score-rule.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { SchemeRule } from '#lib/schemas/assessments.ts';
import { addressOf, aTry, later } from '#tests/factories/checks.ts';
import { aCompletion, aCourse, type Course } from '#tests/factories/courses.ts';
import { aClosedEvent } from '#tests/factories/events.ts';
import { anExemption } from '#tests/factories/exemptions.ts';
import { someHours } from '#tests/factories/hours.ts';
import { aPerson, type Person } from '#tests/factories/people.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { anExamResult, aPromotion } from '#tests/factories/promotions.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const year = 2026;
const until = '2026-11-30';

/** The facts of a person as a draft would take them. */
async function factsFor({ db }: Context, { id, unitId }: Person): Promise<Inputs> {
	const { rows } = await db.execute<{ inputs: Inputs }>(sql`
		with ${factsOf({ year, until, unitIds: sql`select ${unitId}::uuid` })} select inputs from facts where person_id = ${id}`);
	return rows[0]!.inputs;
}

const rule = (more: Partial<SchemeRule>): SchemeRule => ({ ...usualRule.rule, minimums: [], vetoes: [], ...more });
const byExam = (purpose: 'annual', take: 'best' | 'last') =>
	rule({ components: [{ kind: 'exam', weight: 100, cap: null, purpose, take, basis: '' }] });

describe('exams', () => {
	const purpose = 'annual' as const;

	test.for([
		{ first: 'failed', then: 'passed', gives: { failures: 0, failuresAfterMakeUp: 0, passesByMakeUp: 1, absences: 0 } },
		{ first: 'failed', then: 'failed', gives: { failures: 1, failuresAfterMakeUp: 1, passesByMakeUp: 0, absences: 0 } },
		{ first: 'failed', then: 'absent', gives: { failures: 1, failuresAfterMakeUp: 0, passesByMakeUp: 0, absences: 0 } },
		{ first: 'absent', then: 'passed', gives: { failures: 0, failuresAfterMakeUp: 0, passesByMakeUp: 1, absences: 0 } },
		{ first: 'absent', then: 'absent', gives: { failures: 0, failuresAfterMakeUp: 0, passesByMakeUp: 0, absences: 1 } },
		{ first: 'passed', then: null, gives: { failures: 0, failuresAfterMakeUp: 0, passesByMakeUp: 0, absences: 0 } }
	] as const)(
		'$first, then $then at the make-up: one exam, settled by both',
		async ({ first, then, gives }, { ctx }) => {
			const person = await aPerson(ctx);
			const score = { passed: 80, failed: 40, absent: undefined };
			const examId = await anExamResult(ctx, { person, purpose, outcome: first, score: score[first] });
			if (then) await anExamResult(ctx, { person, purpose, outcome: then, score: score[then], makeUpOf: examId });
			expect(await factsFor(ctx, person)).toMatchObject(gives);
		}
	);

	test('a make-up names its exam, and the best or the last of both counts as the scheme says', async ({ ctx }) => {
		const person = await aPerson(ctx);
		const examId = await anExamResult(ctx, { person, purpose, outcome: 'failed', score: 48 });
		const makeUp = await anExamResult(ctx, { person, purpose, outcome: 'failed', score: 40, makeUpOf: examId });
		const facts = await factsFor(ctx, person);
		expect(facts.exams).toMatchObject([
			{ examId, makeUpOf: null, points: 4_800, total: 10_000, outcome: 'failed' },
			{ examId: makeUp, makeUpOf: examId, points: 4_000, total: 10_000 }
		]);
		expect(assess(facts, byExam(purpose, 'best'))?.score).toBe(4_800);
		expect(assess(facts, byExam(purpose, 'last'))?.score).toBe(4_000);
	});

	test('of several attempts the one that counts gives the points and what they are of', async ({ ctx }) => {
		const person = await aPerson(ctx);
		const examId = await anExamResult(ctx, { person, purpose, outcome: 'passed', score: 80 });
		const [first] = await ctx.db.select().from(examAttempts).where(eq(examAttempts.examId, examId));
		await ctx.db.insert(examAttempts).values({ ...first!, id: newId(), number: 2, total: 50, score: 45 });
		expect((await factsFor(ctx, person)).exams).toMatchObject([{ points: 8_000, total: 10_000 }]);
		const candidacy = and(eq(examCandidates.examId, examId), eq(examCandidates.personId, person.id));
		await ctx.db.update(examCandidates).set({ score: 45 }).where(candidacy);
		expect((await factsFor(ctx, person)).exams).toMatchObject([{ points: 4_500, total: 5_000 }]);
	});

	test('somebody exempt has neither sat nor been absent', async ({ ctx }) => {
		const person = await aPerson(ctx);
		const examId = await anExamResult(ctx, { person, purpose, outcome: 'absent' });
		await ctx.db
			.update(examCandidates)
			.set({ status: 'exempt', outcome: null })
			.where(eq(examCandidates.examId, examId));
		expect(await factsFor(ctx, person)).toMatchObject({ exams: [], absences: 0, failures: 0 });
	});

	test('mock exams, those of another year, and those not released count for nothing', async ({ ctx }) => {
		const person = await aPerson(ctx);
		const ids: string[] = [];
		for (let made = 0; made < 3; made++)
			ids.push(await anExamResult(ctx, { person, purpose, outcome: 'passed', score: 90 }));
		await ctx.db.execute(sql`update exams set kind = 'mock' where id = ${ids[0]}`);
		await ctx.db.execute(sql`update exams set state = 'published', released_at = null where id = ${ids[1]}`);
		await ctx.db.execute(
			sql`update exam_candidates set opens_at = '2025-12-30', closes_at = '2025-12-31' where exam_id = ${ids[2]}`
		);
		expect((await factsFor(ctx, person)).exams).toEqual([]);
	});
});

describe('required courses', () => {
	test('count once, completed and on time; exempt and withdrawn ones are not asked', async ({ ctx }) => {
		const person = await aPerson(ctx);
		const courses: Course[] = [];
		for (let made = 0; made < 6; made++) courses.push(await aCourse(ctx, { lessons: 1 }));
		const [early, late, open, exempt, withdrawn, before] = courses;
		const owe = (course: Course | undefined, more = {}) =>
			anObligation(ctx, { person, course: course!, dueOn: '2026-06-30', ...more });
		const done = async (course: Course | undefined, at: string) => {
			const { id: completionId, completedAt } = await aCompletion(ctx, { person, course: course!, at: new Date(at) });
			return { completionId, completedAt };
		};
		const inTime = await done(early, '2026-06-30T15:59:00Z');
		const duties = [
			await owe(early, inTime),
			await owe(early, { ...inTime, dueOn: '2026-05-31' }),
			await owe(late, await done(late, '2026-07-01T02:00:00Z')),
			await owe(open)
		];
		const { id: exemptionId } = await anExemption(ctx, { person });
		await owe(exempt, { exemptAt: ctx.now, exemptionId });
		await owe(withdrawn, { withdrawnAt: ctx.now, withdrawnBecause: '重复指派' });
		await owe(before, { dueOn: '2025-12-31' });

		const facts = await factsFor(ctx, person);
		expect(facts).toMatchObject({ required: 3, completed: 2, onTime: 1 });
		expect(facts.obligationIds).toEqual(duties.map(({ id }) => id).toSorted());
	});
});

test('of the checks of a lesson the last try of the year counts, question by question', async ({ ctx }) => {
	const person = await aPerson(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	const own = as(ctx, person.id);
	await aTry(own, addressOf(course), { wrong: 99 });
	const before = await factsFor(ctx, person);
	expect(before).toMatchObject({ lessons: 1, correct: 0 });
	await aTry(later(own, 60 * 24), addressOf(course));
	expect(await factsFor(ctx, person)).toMatchObject({
		lessons: 1,
		correct: before.answered,
		answered: before.answered
	});
});

test('training hours are the ledger of the year, and hold down as a minimum without any weight', async ({ ctx }) => {
	const person = await aPerson(ctx);
	const course = await aCourse(ctx, { lessons: 1 });
	const { id: completionId, completedAt } = await aCompletion(ctx, { person, course });
	await anObligation(ctx, { person, course, dueOn: '2026-11-30', completionId, completedAt });
	await someHours(ctx, { personId: person.id, hours: 8.5 });
	const facts = await factsFor(ctx, person);
	expect(facts.hours).toBe((course.hours + 8.5) * 10);
	const least = (hours: number) =>
		assess(
			facts,
			rule({
				components: [{ kind: 'courses', weight: 100, cap: null, basis: '' }],
				minimums: [{ kind: 'hours', least: hours, limit: 'not-qualified', basis: '' }]
			})
		);
	expect(least(course.hours + 8.5)).toMatchObject({ score: 10_000, band: 'excellent', limits: [] });
	expect(least(40)).toMatchObject({ score: 10_000, band: 'not-qualified', limits: ['minimum:hours'] });
});

test('events settled in the year count as invited to and attended; leave is neither', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const [there, away, excused] = [
		await aPerson(ctx, { unit }),
		await aPerson(ctx, { unit }),
		await aPerson(ctx, { unit })
	];
	await aClosedEvent(ctx, { people: [there, away, excused], presences: [['present'], ['absent'], ['leave']] });
	expect(await factsFor(ctx, there)).toMatchObject({ invited: 1, attended: 1 });
	expect(await factsFor(ctx, away)).toMatchObject({ invited: 1, attended: 0 });
	expect(await factsFor(ctx, excused)).toMatchObject({ invited: 0, attended: 0 });
});

test('the mark is that of the nearest unit that has one, the newest entry of the year', async ({ ctx }) => {
	const city = await aUnit(ctx, { kind: 'city' });
	const office = await aUnit(ctx, { below: city });
	const person = await aPerson(ctx, { unit: office });
	const enter = (unitId: string, mark: number, minutes: number, of = year) =>
		ctx.db.insert(assessmentUnitMarks).values({
			...{ id: newId(), year: of, unitId, mark, basis: '考核通报', enteredBy: person.id },
			enteredAt: new Date(ctx.now.getTime() + minutes * 60_000)
		});
	expect((await factsFor(ctx, person)).unitMark).toBeNull();
	await enter(city.id, 70, 0);
	await enter(office.id, 99, 0, year - 1);
	expect((await factsFor(ctx, person)).unitMark).toBe(7_000);
	await enter(office.id, 80, 1);
	await enter(office.id, 85.5, 2);
	expect((await factsFor(ctx, person)).unitMark).toBe(8_550);
});

test.for([
	{ dueOn: '2026-10-31', completedAt: null, overdue: 1, because: 'due and not done' },
	{ dueOn: '2026-10-31', completedAt: '2026-11-02T02:00:00Z', overdue: 1, because: 'done too late' },
	{ dueOn: '2026-10-31', completedAt: '2026-10-31T15:00:00Z', overdue: 0, because: 'done on the last day' },
	{ dueOn: '2027-03-01', completedAt: null, overdue: 0, because: 'not due yet' },
	{ dueOn: '2026-10-31', completedAt: null, cancelled: true, overdue: 0, because: 'cancelled' }
])('a promotion $because', async ({ dueOn, completedAt, cancelled, overdue }, { ctx }) => {
	const person = await aPerson(ctx);
	const promotion = await aPromotion(ctx, {
		...{ person, dueOn, completedAt: completedAt ? new Date(completedAt) : null },
		...(cancelled ? { cancelledAt: ctx.now, cancelledBecause: '任免撤销', cancelledBy: person.id } : {})
	});
	const facts = await factsFor(ctx, person);
	expect(facts).toMatchObject({ overdue, promotionIds: overdue ? [promotion.id] : [] });
});

test('who has left by the last day has no facts; who moved since is counted where they served on it', async ({
	ctx
}) => {
	const unit = await aUnit(ctx);
	const [gone, moved] = [await aPerson(ctx, { unit }), await aPerson(ctx, { unit })];
	await ctx.db.execute(sql`update people set status = 'retired', left_on = '2026-11-01' where id = ${gone.id}`);
	await ctx.db.execute(sql`update people set unit_id = ${(await aUnit(ctx)).id} where id = ${moved.id}`);
	const { rows } = await ctx.db.execute<{ id: string; unit: string }>(sql`
		with ${factsOf({ year, until, unitIds: sql`select ${unit.id}::uuid` })} select person_id as id, unit_id as unit from facts`);
	expect(rows).toEqual([{ id: moved.id, unit: unit.id }]);
	const { rows: chosen } = await ctx.db.execute(sql`
		with ${factsOf({ year, until, unitIds: sql`select ${unit.id}::uuid`, personIds: [gone.id] })} select 1 from facts`);
	expect(chosen).toEqual([]);
});
