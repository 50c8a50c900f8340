import { and, eq, inArray } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { recordAll, record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { type Exam, lockExam } from './queries.ts';

/**
 * Calls an exam off before its results are released. Papers that were begun are voided; what was answered in them stays readable.
 * Nobody has passed or missed it. Whoever was due to sit is told, with the reason.
 * @throws conflict exam.cancelled | exam.released, not-found exam.not-found
 */
export function cancelExam(ctx: SignedIn, { examId, because }: { examId: string; because: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, examId);
		if (exam.state === 'cancelled') throw conflict('exam.cancelled');
		if (exam.state === 'released') throw conflict('exam.released');

		// Candidates before attempts, as whoever starts takes them.
		await ctx.db
			.update(examCandidates)
			.set({ score: null, outcome: null, excellent: false })
			.where(eq(examCandidates.examId, examId));
		const voided = await ctx.db
			.update(examAttempts)
			.set({ state: 'voided', voidedAt: ctx.now, voidedBy: ctx.actor.personId, voidedBecause: because })
			.where(
				and(eq(examAttempts.examId, examId), inArray(examAttempts.state, ['prepared', 'open', 'submitted', 'marked']))
			)
			.returning({ id: examAttempts.id });
		await ctx.db
			.update(exams)
			.set({ state: 'cancelled', cancelledAt: ctx.now, cancelledBecause: because })
			.where(eq(exams.id, examId));
		await tell(ctx, exam, because);
		await record(ctx, 'exam.cancelled', examId, { attempts: voided.length });
		await recordAll(
			ctx,
			'attempt.voided',
			voided.map(({ id }) => ({ subjectId: id, details: { examId } }))
		);
	});
}

async function tell(ctx: SignedIn, { id, title }: Exam, because: string): Promise<void> {
	const due = await ctx.db
		.select({ personId: examCandidates.personId })
		.from(examCandidates)
		.where(and(eq(examCandidates.examId, id), eq(examCandidates.status, 'due')));
	await notify(
		ctx,
		due.map(({ personId }) => personId),
		{
			kind: 'exam_cancelled',
			occasion: `${id} cancelled`,
			href: `/exams/${id}`,
			values: { title: { 'zh-CN': title, en: title }, because }
		}
	);
}
