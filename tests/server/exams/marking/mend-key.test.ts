import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { assessmentAmendments } from '#db/schema/assessment-results.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examKeyChanges } from '#db/schema/exam-marking.ts';
import { examAnswers } from '#db/schema/exam-sittings.ts';
import { notifications } from '#db/schema/notifications.ts';
import { answerAppeal } from '#lib/server/exams/marking/answer-appeal.ts';
import { askAppeal } from '#lib/server/exams/marking/ask-appeal.ts';
import { describePreview, readKey } from '#lib/server/exams/marking/key-queries.ts';
import { mendKey, previewKey } from '#lib/server/exams/marking/mend-key.ts';
import type { KeyPolicy } from '#lib/server/exams/marking/mended-score.ts';
import { releaseExam } from '#lib/server/exams/marking/release-exam.ts';
import { saveAnswer } from '#lib/server/exams/sitting/save-answer.ts';
import { submitAttempt } from '#lib/server/exams/sitting/submit-attempt.ts';
import { atomically, type Context } from '#lib/server/platform/context.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aDuty, aResult } from '#tests/factories/assessments.ts';
import { aBankQuestion, type BankQuestion } from '#tests/factories/bank.ts';
import { answersFor, aPublishedExam, asCandidate, asLegal, aSitting, aStart, aWriter } from '#tests/factories/exams.ts';
import { afterClose, aMendedVersion, slotOf, theAttempt } from '#tests/factories/marking.ts';
import { aMultiple, aSingle } from '#tests/factories/questions.ts';
import { as, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const reason = '答案有误';

/** Two questions of one point each and a pass mark of all of them; the first candidate answers both by the old key, the second none of them. */
async function sat(ctx: Context, old: BankQuestion['content'] = aSingle({ stem: '哪一天起建立？', articles: [] })) {
	const question = await aBankQuestion(ctx, old);
	await aBankQuestion(ctx, aSingle({ stem: '哪一天起终止？', articles: [] }));
	const { exam, candidates } = await aPublishedExam(ctx, {
		bank: 0,
		candidates: 2,
		passMark: 100,
		excellentMark: 100,
		sections: [{ count: 2, points: 1 }]
	});
	const [right, wrong] = [
		await aSitting(ctx, exam, candidates[0]!),
		await aSitting(ctx, exam, candidates[1]!, { wrong: 2 })
	];
	return { question, exam, candidates, right, wrong };
}

/** The key of the question now names another option. */
const mended = (ctx: Context, { id, content }: BankQuestion) => {
	if (content.kind !== 'single') throw new Error('expected a single choice');
	const key = content.key[0] === 'A' ? 'B' : 'A';
	return aMendedVersion(ctx, id, { ...content, key: [key] } as typeof content);
};

const scoreOf = async (ctx: Context, attemptId: string) => {
	const { score, total } = await theAttempt(ctx, attemptId);
	return [score, total];
};

test.for<{ policy: KeyPolicy; right: [number, number]; turned: number; because: string }>([
	{ policy: 'full-credit', right: [2, 2], turned: 0, because: 'who had it right keeps it' },
	{ policy: 'both-keys', right: [2, 2], turned: 0, because: 'the old key still counts' },
	{ policy: 'new-key', right: [1, 2], turned: 1, because: 'the old answer is wrong now' },
	{ policy: 'drop-question', right: [1, 1], turned: 0, because: 'the question counts for nobody' }
])('$policy: $because', async ({ policy, right: expected, turned }, { ctx }) => {
	const { question, exam, right } = await sat(ctx);
	await mended(ctx, question);
	const effect = await mendKey(await asLegal(ctx), { examId: exam.id, questionId: question.id, policy, reason });
	expect(await scoreOf(ctx, right)).toEqual(expected);
	expect(effect.turned.length).toBe(turned);
	expect(effect.asked).toBe(2);
});

test('gives everybody the points with full credit, and tells those whose released points changed once', async ({
	ctx
}) => {
	const { question, exam, candidates, wrong } = await sat(ctx);
	const legal = { ...(await asLegal(ctx)), now: afterClose(exam) };
	await releaseExam(legal, exam.id);
	const change = { examId: exam.id, questionId: question.id, policy: 'full-credit' as const, reason };
	const effect = await mendKey(legal, change);
	expect(effect.personIds).toEqual([candidates[1]!.id]);
	expect(await scoreOf(ctx, wrong)).toEqual([1, 2]);
	const told = await ctx.db.select().from(notifications).where(eq(notifications.kind, 'exam_rescored'));
	expect(told.map(({ personId }) => personId)).toEqual([candidates[1]!.id]);
	expect(await ctx.db.select().from(examKeyChanges)).toMatchObject([{ rescored: 1, turned: 0, policy: 'full-credit' }]);
});

test('tells nobody of points that they have not seen yet', async ({ ctx }) => {
	const { question, exam, candidates } = await sat(ctx);
	const change = { examId: exam.id, questionId: question.id, policy: 'full-credit' as const, reason };
	const effect = await mendKey(await asLegal(ctx), change);
	expect(effect.personIds).toEqual([candidates[1]!.id]);
	expect(await ctx.db.select().from(notifications).where(eq(notifications.kind, 'exam_rescored'))).toEqual([]);
	expect(await ctx.db.select().from(examKeyChanges)).toMatchObject([{ personIds: [candidates[1]!.id] }]);
});

test('nobody mends a key by which they are scored themselves, nor looks what it would do', async ({ ctx }) => {
	const { question, exam, candidates } = await sat(ctx);
	const own = as(ctx, candidates[1]!.id, { role: 'legal', unit: await theProvince(ctx) });
	const change = { examId: exam.id, questionId: question.id, policy: 'full-credit' as const, reason };
	await expect(mendKey(own, change)).rejects.toThrow('access.own-case');
	await expect(previewKey(own, change)).rejects.toThrow('access.own-case');
	expect((await readKey(own, exam, question.id)).own).toBe(true);
	expect((await readKey(await asLegal(ctx), exam, question.id)).own).toBe(false);
});

test('a result that was closed before is listed for amendment until it is amended', async ({ ctx }) => {
	const { question, exam, candidates } = await sat(ctx);
	const legal = await asLegal(ctx);
	const year = yearOf(exam.opensAt);
	await aDuty(ctx, candidates[0]!, year); // closed with the other, but their points do not change
	const { id: resultId } = await aResult(ctx, { person: candidates[1]!, year, state: 'closed' });
	const change = { examId: exam.id, questionId: question.id, policy: 'full-credit' as const, reason };
	const listed = [expect.objectContaining({ resultId })];
	expect((await describePreview(legal, change)).toAmend).toEqual(listed);
	await mendKey(legal, change);
	const history = async () => (await readKey(legal, exam, question.id)).history.map(({ toAmend }) => toAmend);
	expect(await history()).toEqual([listed]);
	await ctx.db.insert(assessmentAmendments).values({
		id: newId(),
		resultId,
		fromBand: 'qualified',
		toBand: 'excellent',
		reason: '考试得分更正',
		amendedBy: legal.actor.personId,
		amendedAt: legal.now
	});
	expect(await history()).toEqual([[]]);
});

test('a preview says exactly what mending does, and leaves no trace', async ({ ctx }) => {
	const { question, exam, right, candidates } = await sat(ctx);
	await mended(ctx, question);
	const legal = await asLegal(ctx);
	const change = { examId: exam.id, questionId: question.id, policy: 'new-key' as const, reason };
	const before = await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id));
	const preview = await previewKey(legal, change);
	expect(preview.turned).toEqual([{ personId: candidates[0]!.id, from: 'passed', to: 'failed' }]);
	expect(await ctx.db.select().from(examCandidates).where(eq(examCandidates.examId, exam.id))).toEqual(before);
	expect(await scoreOf(ctx, right)).toEqual([2, 2]);
	expect(await ctx.db.select().from(examKeyChanges)).toEqual([]);
	expect(await ctx.db.select().from(notifications).where(eq(notifications.kind, 'exam_rescored'))).toEqual([]);

	expect(await mendKey(legal, change)).toEqual(preview);
});

test('the newest change holds: a dropped question comes back', async ({ ctx }) => {
	const { question, exam, right } = await sat(ctx);
	const legal = await asLegal(ctx);
	const change = { examId: exam.id, questionId: question.id, reason };
	await mendKey(legal, { ...change, policy: 'drop-question' });
	expect(await scoreOf(ctx, right)).toEqual([1, 1]);
	const later = { ...legal, now: new Date(ctx.now.getTime() + 1000) };
	await mendKey(later, { ...change, policy: 'full-credit' });
	expect(await scoreOf(ctx, right)).toEqual([2, 2]);
});

test('whoever hands in after the key was mended is scored by it too', async ({ ctx }) => {
	const question = await aBankQuestion(ctx, aSingle({ stem: '哪一天起建立？', articles: [] }));
	await aBankQuestion(ctx, aSingle({ stem: '哪一天起终止？', articles: [] }));
	const { exam, candidates } = await aPublishedExam(ctx, {
		bank: 0,
		candidates: 2,
		sections: [{ count: 2, points: 1 }]
	});
	await aSitting(ctx, exam, candidates[0]!);
	await mendKey(await asLegal(ctx), { examId: exam.id, questionId: question.id, policy: 'drop-question', reason });
	const late = await aSitting(ctx, exam, candidates[1]!);
	expect(await scoreOf(ctx, late)).toEqual([1, 1]);
});

test('what an appeal has given is not taken back', async ({ ctx }) => {
	const { question, exam, candidates, wrong } = await sat(ctx);
	const legal = await asLegal(ctx);
	const after = { ...legal, now: afterClose(exam) };
	await releaseExam(after, exam.id);
	const slot = await slotOf(ctx, wrong, question.id);
	const appealId = await askAppeal(
		{ ...asCandidate(ctx, candidates[1]!), now: after.now },
		{ attemptId: wrong, slot, reason: '题干有歧义' }
	);
	await answerAppeal(after, { appealId, upheld: true, answer: '有歧义，给一半', points: 0.5 });
	await mended(ctx, question);
	await mendKey(after, { examId: exam.id, questionId: question.id, policy: 'both-keys', reason });
	const [answer] = (await ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, wrong))).filter(
		(row) => row.slot === slot
	);
	expect(answer!.score).toBeGreaterThanOrEqual(0.5);
});

test('refuses what cannot be', async ({ ctx }) => {
	const { question, exam } = await sat(ctx);
	const legal = await asLegal(ctx);
	const change = { examId: exam.id, questionId: question.id, reason };
	await expect(mendKey(legal, { ...change, policy: 'new-key' })).rejects.toThrow('key.not-mended');
	const never = await aBankQuestion(ctx);
	await expect(mendKey(legal, { ...change, questionId: never.id, policy: 'full-credit' })).rejects.toThrow(
		'key.no-answers'
	);
	await aMendedVersion(ctx, question.id, aMultiple({ articles: [] }));
	await expect(mendKey(legal, { ...change, policy: 'new-key' })).rejects.toThrow('key.other-shape');
	const stranger = asCandidate(ctx, (await sat(ctx)).candidates[0]!);
	await expect(mendKey(stranger, { ...change, policy: 'full-credit' })).rejects.toThrow('exam.not-found');
});

test('does not drop the last question of a paper', async ({ ctx }) => {
	const question = await aBankQuestion(ctx, aSingle({ stem: '哪一天起建立？', articles: [] }));
	const { exam, candidates } = await aPublishedExam(ctx, { bank: 0, candidates: 1, sections: [{ count: 1 }] });
	await aSitting(ctx, exam, candidates[0]!);
	const change = { examId: exam.id, questionId: question.id, policy: 'drop-question' as const, reason };
	await expect(mendKey(await asLegal(ctx), change)).rejects.toThrow('key.nothing-left');
});

test('a paper that is handed in while a key is being mended is scored by the new one', async ({ freshDatabase }) => {
	const { ctx } = await freshDatabase();
	const question = await aBankQuestion(ctx, aSingle({ stem: '哪一天起建立？', articles: [] }));
	const { exam, candidates } = await aPublishedExam(ctx, {
		bank: 0,
		candidates: 2,
		sections: [{ count: 1, points: 2 }]
	});
	await aSitting(ctx, exam, candidates[0]!);
	const candidate = asCandidate(ctx, candidates[1]!);
	const attemptId = await aStart(candidate, exam);
	for (const { slot, response } of await answersFor(ctx, attemptId))
		await saveAnswer(candidate, { attemptId, slot, revision: 1, writer: aWriter, response });
	await mended(ctx, question);

	const change = { examId: exam.id, questionId: question.id, policy: 'new-key' as const, reason };
	const submitted = await atomically(await asLegal(ctx), async (legal) => {
		await mendKey(legal, change);
		let isDone = false;
		const submitting = submitAttempt(candidate, attemptId).finally(() => (isDone = true));
		while (!isDone && !(await waitsForLock(ctx)));
		return { submitting };
	});
	await submitted.submitting;
	expect(await scoreOf(ctx, attemptId)).toEqual([0, 2]);
});

async function waitsForLock({ db }: Context): Promise<boolean> {
	const { rows } = await db.execute(sql`
		select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
	return rows.length > 0;
}
