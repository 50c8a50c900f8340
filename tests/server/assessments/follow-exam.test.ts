import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { assessmentResults } from '#db/schema/assessment-results.ts';
import { auditEntries } from '#db/schema/audit.ts';
import '#lib/server/jobs/subscriptions.ts';
import { adjustResult } from '#lib/server/assessments/adjust-results.ts';
import { countDiffering } from '#lib/server/assessments/closing/verify-cycles.ts';
import type { CycleState } from '#lib/server/assessments/cycle/cycle-state.ts';
import { draftResults } from '#lib/server/assessments/cycle/draft-results.ts';
import { usualRule } from '#lib/server/assessments/schemes/usual-rule.ts';
import { describePreview, readKey } from '#lib/server/exams/marking/key-queries.ts';
import { mendKey, previewKey } from '#lib/server/exams/marking/mend-key.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { SchemeRule } from '#lib/schemas/assessments.ts';
import { aCycle, aScheme } from '#tests/factories/assessments.ts';
import { aBankQuestion } from '#tests/factories/bank.ts';
import { aPublishedExam, asLegal, aSitting } from '#tests/factories/exams.ts';
import { afterClose, answersOf } from '#tests/factories/marking.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aSingle } from '#tests/factories/questions.ts';
import { as, aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const byExam: SchemeRule = {
	...usualRule.rule,
	components: [{ kind: 'exam', weight: 100, cap: null, purpose: 'annual', take: 'best', basis: '' }],
	vetoes: [{ when: 'failed', limit: 'not-qualified', basis: '' }]
};

/** Two people sat a released exam of two questions, the first with one wrong; their year stands in that state. */
async function aYear(base: Context, state: CycleState) {
	const unit = await aUnit(base, { kind: 'city' });
	for (const stem of ['哪一天起建立？', '哪一天起终止？']) await aBankQuestion(base, aSingle({ stem, articles: [] }));
	const { exam, candidates } = await aPublishedExam(base, {
		...{ bank: 0, candidates: 2, of: unit, purpose: 'annual', passMark: 100, excellentMark: 100 },
		sections: [{ count: 2, points: 1 }]
	});
	const attemptId = await aSitting(base, exam, candidates[0]!, { wrong: 1 });
	await aSitting(base, exam, candidates[1]!);
	const { questionId } = (await answersOf(base, attemptId))[0]!; // the one that is wrong
	const legal = { ...(await asLegal(base)), now: afterClose(exam) };
	await releaseExam(legal, exam.id);
	await aScheme(base, { year: 2026, rule: byExam });
	const cycle = await aCycle({ ...base, now: legal.now }, { unit, state, year: 2026 });
	const [wrong, right] = candidates;
	const of = async (personId: string) =>
		(await base.db.select().from(assessmentResults).where(eq(assessmentResults.personId, personId)))[0]!;
	const change = { examId: exam.id, questionId, policy: 'full-credit' as const, reason: '答案有误' };
	return { unit, exam, questionId, legal, cycle, wrong: wrong!, right: right!, of, change };
}

describe('a result that is not signed', () => {
	test.for(['drafted', 'unit-review', 'hr-review', 'published'] as const)(
		'%s: follows a key that is mended after the exam, from its inputs to its band',
		async (state, { ctx }) => {
			const year = await aYear(ctx, state);
			const before = await year.of(year.wrong.id);
			expect(before).toMatchObject({ score: 50, band: 'not-qualified', limits: ['veto:failed'] });
			const untouched = await year.of(year.right.id);

			expect((await describePreview(year.legal, year.change)).following).toBe(1);
			expect(await year.of(year.wrong.id)).toEqual(before);
			await mendKey(year.legal, year.change);
			expect(await year.of(year.wrong.id)).toMatchObject({
				...{ score: 100, draftScore: 100, band: 'excellent', limits: [], parts: [10_000], place: before.place },
				inputs: { failures: 0, exams: [{ examId: year.exam.id, outcome: 'passed', points: 200, total: 200 }] }
			});
			expect(await year.of(year.right.id)).toEqual(untouched);
			expect(await countDiffering(ctx, year.cycle.id)).toBe(0);
			const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'result.followed'));
			expect(lines).toMatchObject([{ subjectId: before.id, details: { from: [50, 'not-qualified'] } }]);
		}
	);

	test('is what another drafting would give', async ({ ctx }) => {
		const year = await aYear(ctx, 'drafted');
		await mendKey(year.legal, year.change);
		const followed = await year.of(year.wrong.id);
		await ctx.db.execute(`update assessment_cycles set state = 'drafting' where id = '${year.cycle.id}'`);
		await draftResults(ctx, year.cycle.id);
		const { inputs, score, band, parts, limits } = await year.of(year.wrong.id);
		expect({ inputs, score, band, parts, limits }).toEqual({
			...{ inputs: followed.inputs, score: followed.score, band: followed.band },
			...{ parts: followed.parts, limits: followed.limits }
		});
	});

	test('keeps what somebody decided by hand, on a draft that follows, and is listed until looked at again', async ({
		ctx
	}) => {
		const year = await aYear(ctx, 'hr-review');
		const { id: resultId } = await year.of(year.wrong.id);
		const hr = as(ctx, (await aPerson(ctx, { unit: year.unit })).id, { role: 'hr', unit: year.unit });
		await adjustResult(hr, { resultId, points: 15, band: '', reason: '立功' });
		expect(await describePreview(year.legal, year.change)).toMatchObject({ following: 0, toReview: [{ resultId }] });
		await mendKey(year.legal, year.change);
		expect(await year.of(year.wrong.id)).toMatchObject({ draftScore: 100, score: 65, band: 'not-qualified' });
		expect(await countDiffering(ctx, year.cycle.id)).toBe(0);

		const history = async () => (await readKey(year.legal, year.exam, year.questionId)).history;
		expect(await history()).toMatchObject([{ toReview: [{ resultId }], toAmend: [] }]);
		const later = { ...hr, now: new Date(year.legal.now.getTime() + 60_000) };
		await adjustResult(later, { resultId, points: 0, band: 'excellent', reason: '考试更正后复核' });
		expect(await history()).toMatchObject([{ toReview: [], toAmend: [] }]);
	});

	test('follows a question that is dropped although nobody’s points change', async ({ ctx }) => {
		const year = await aYear(ctx, 'drafted');
		await mendKey(year.legal, { ...year.change, policy: 'drop-question' });
		const { inputs } = await year.of(year.right.id);
		expect(inputs).toMatchObject({ exams: [{ points: 100, total: 100 }] });
	});
});

test.for(['signed', 'closed'] as const)('a %s result stays, and is listed for amendment', async (state, { ctx }) => {
	const year = await aYear(ctx, state);
	const before = await year.of(year.wrong.id);
	const later = { ...year.legal, now: new Date(year.legal.now.getTime() + 60_000) };
	expect(await describePreview(later, year.change)).toMatchObject({ following: 0, toAmend: [{ resultId: before.id }] });
	await mendKey(later, year.change);
	expect(await year.of(year.wrong.id)).toEqual(before);
	const [changed] = (await readKey(later, year.exam, year.questionId)).history;
	expect(changed).toMatchObject({ toAmend: [{ resultId: before.id }], toReview: [] });
});

test('looking what mending would do moves no result', async ({ ctx }) => {
	const year = await aYear(ctx, 'published');
	const before = await ctx.db.select().from(assessmentResults).orderBy(assessmentResults.place);
	await previewKey(year.legal, year.change);
	expect(await ctx.db.select().from(assessmentResults).orderBy(assessmentResults.place)).toEqual(before);
});
