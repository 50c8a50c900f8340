import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { listExamsAhead, listOwnExams } from '#lib/server/exams/sitting/list-own-exams.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readSession } from '#lib/server/sessions/read-session.ts';
import { anAccount } from '#tests/factories/accounts.ts';
import { aPublishedExam, asCandidate, aSitting, aStart, type PublishedExam } from '#tests/factories/exams.ts';
import { anObligation } from '#tests/factories/programmes.ts';
import { aSession } from '#tests/factories/sessions.ts';
import { test } from '#tests/setup/test.ts';

type Situation = {
	name: string;
	values?: Parameters<typeof aPublishedExam>[1];
	make?: (ctx: Context, made: PublishedExam) => Promise<unknown>;
};

const ofFirst = ({ exam, candidates }: PublishedExam) =>
	and(eq(examCandidates.examId, exam.id), eq(examCandidates.personId, candidates[0]!.id));

const situations: Situation[] = [
	{ name: 'nothing has happened' },
	{ name: 'the exam is a mock one', values: { kind: 'mock' } },
	{ name: 'entry ends', values: { entryMinutes: 15 } },
	{ name: 'a paper is open', make: (ctx, { exam, candidates: [first] }) => aStart(asCandidate(ctx, first!), exam) },
	{ name: 'the paper is handed in', make: (ctx, { exam, candidates: [first] }) => aSitting(ctx, exam, first!) },
	{
		name: 'one of two attempts is handed in',
		values: { attempts: 2, waitMinutes: 30 },
		make: (ctx, { exam, candidates: [first] }) => aSitting(ctx, exam, first!)
	},
	{
		name: 'the person is exempt',
		make: (ctx, made) =>
			ctx.db.update(examCandidates).set({ status: 'exempt', exemptBecause: '产假' }).where(ofFirst(made))
	},
	{
		name: 'the person has more time',
		make: (ctx, made) =>
			ctx.db.update(examCandidates).set({ extraMinutes: 30, accommodatedBecause: '视力' }).where(ofFirst(made))
	},
	{
		name: 'the exam is called off',
		make: (ctx, { exam }) =>
			ctx.db
				.update(exams)
				.set({ state: 'cancelled', cancelledAt: ctx.now, cancelledBecause: '停电' })
				.where(eq(exams.id, exam.id))
	},
	{
		name: 'the paper is voided',
		make: (ctx, { exam }) =>
			ctx.db
				.update(examAttempts)
				.set({ state: 'voided', voidedAt: ctx.now, voidedBecause: '发错卷' })
				.where(eq(examAttempts.examId, exam.id))
	}
];

test.for(situations)(
	'Today lists an exam that is left for its standing, where $name',
	async ({ values, make }, { ctx }) => {
		const made = await aPublishedExam(ctx, values);
		await make?.(ctx, made);
		const { opensAt, closesAt } = made.exam;
		const candidate = asCandidate(ctx, made.candidates[0]!);

		for (const { from, minutes } of [-8 * 24 * 60, -6 * 24 * 60, -1, 0, 10, 20]
			.map((minutes) => ({ from: opensAt, minutes }))
			.concat([-1, 0, 29, 31].map((minutes) => ({ from: closesAt, minutes })))) {
			const then = { ...candidate, now: new Date(from.getTime() + minutes * 60_000) };
			const [exam] = await listOwnExams(then);
			const isLeft = ['running', 'open', 'waiting', 'ahead'].includes(exam!.standing);
			const isNear = opensAt.getTime() <= then.now.getTime() + 7 * 86_400_000;
			expect(await listExamsAhead(then), `${exam!.standing}, ${then.now.toISOString()}`).toHaveLength(
				isLeft && isNear && exam!.kind !== 'mock' ? 1 : 0
			);
		}
	}
);

test('the figure beside every page counts the courses asked for and the exams ahead', async ({ ctx }) => {
	const { candidates } = await aPublishedExam(ctx);
	const person = await anAccount(ctx, { person: candidates[0]! });
	await anObligation(ctx, { person });
	const brief = await aSession(ctx, person.id);
	const countAt = async (now: Date) =>
		(await readSession({ ...ctx, now }, { brief, remembered: undefined }))?.counts.todo;

	expect(await countAt(ctx.now)).toBe(2);
	expect(await countAt(new Date(ctx.now.getTime() - 30 * 86_400_000))).toBe(1);
});
