import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { examPapers } from '#db/schema/exam-papers.ts';
import type * as schemas from '#lib/schemas/exam-papers.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * Names a paper of a draft and says for whose rank or level it is, or adds one. Without ranks and levels it is for everybody
 * who has no other.
 * @returns id of the paper
 * @throws conflict exam.not-draft, not-found exam.not-found | paper.not-found
 */
export function setPaper(ctx: SignedIn, input: v.InferOutput<typeof schemas.setPaper>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { examId, paperId = newId(), name, ranks, levels } = input;
		await lockDraft(ctx, examId);
		const values = { name, ranks, levels };
		const changed = input.paperId
			? await ctx.db
					.update(examPapers)
					.set(values)
					.where(and(eq(examPapers.id, paperId), eq(examPapers.examId, examId)))
					.returning({ id: examPapers.id })
			: await ctx.db
					.insert(examPapers)
					.values({
						id: paperId,
						examId,
						position: sql`(select coalesce(max(p.position), 0) + 1 from exam_papers p where p.exam_id = ${examId})`,
						...values
					})
					.returning({ id: examPapers.id });
		if (changed.length === 0) throw notFound('paper');
		await record(ctx, 'exam.paper-set', examId, { paperId });
		return paperId;
	});
}

/** Takes a paper with its sections out of a draft. @throws conflict exam.not-draft, not-found exam.not-found | paper.not-found */
export function removePaper(ctx: SignedIn, { examId, paperId }: { examId: string; paperId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockDraft(ctx, examId);
		const removed = await ctx.db
			.delete(examPapers)
			.where(and(eq(examPapers.id, paperId), eq(examPapers.examId, examId)))
			.returning({ id: examPapers.id });
		if (removed.length === 0) throw notFound('paper');
		await record(ctx, 'exam.paper-removed', examId, { paperId });
	});
}
