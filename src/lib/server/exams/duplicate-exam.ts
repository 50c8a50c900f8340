import { asc, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { examTargets } from '#db/schema/exam-candidates.ts';
import type * as schemas from '#lib/schemas/exams.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { instantAt } from '../platform/dates.ts';
import { addRows } from './add-targets.ts';
import { copyExam } from './create-make-up.ts';
import { lockExam } from './queries.ts';

/**
 * Begins a draft with the rules, papers and named candidates of another exam, such as last year's. Windows of single units and
 * the access code are not taken over.
 * @returns id of the draft
 * @throws not-found exam.not-found
 */
export function duplicateExam(ctx: SignedIn, input: v.InferOutput<typeof schemas.copyExam>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, input.examId);
		const id = await copyExam(ctx, exam, {
			title: input.title,
			opensAt: instantAt(input.opensAt),
			closesAt: instantAt(input.closesAt),
			accessCode: null
		});
		const targets = await ctx.db
			.select()
			.from(examTargets)
			.where(eq(examTargets.examId, exam.id))
			.orderBy(asc(examTargets.position));
		// A make-up exam names those who had to sit it; a copy of it is for others.
		if (exam.kind !== 'make-up') await addRows(ctx, id, targets);
		await record(ctx, 'exam.copied', id, { examId: exam.id });
		return id;
	});
}
