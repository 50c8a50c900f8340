import { and, eq, inArray } from 'drizzle-orm';
import { examAttempts, exams } from '#db/schema/exams.ts';
import { recordAll, record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { lockExam } from './queries.ts';

/**
 * Calls an exam off before its results are released. Papers that were begun are voided; what was answered in them stays readable.
 * @throws conflict exam.cancelled | exam.released, not-found exam.not-found
 */
export function cancelExam(ctx: SignedIn, { examId, because }: { examId: string; because: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, examId);
		if (exam.state === 'cancelled') throw conflict('exam.cancelled');
		if (exam.state === 'released') throw conflict('exam.released');

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
		await record(ctx, 'exam.cancelled', examId, { attempts: voided.length });
		await recordAll(
			ctx,
			'attempt.voided',
			voided.map(({ id }) => ({ subjectId: id, details: { examId } }))
		);
	});
}
