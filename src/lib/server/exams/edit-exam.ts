import { eq, or, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { exams, examWindows } from '#db/schema/exams.ts';
import type * as schemas from '#lib/schemas/exams.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { instantAt } from '../platform/dates.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { isAddressRange } from './address-range.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * Changes the rules of a draft. After publication they stand still: then `extendExam` moves the end, and nothing else moves.
 * @throws conflict exam.not-draft | exam.changed where somebody else was quicker | exam.window-outside; invalid exam.address-range;
 *   not-found exam.not-found
 */
export function editExam(ctx: SignedIn, input: v.InferOutput<typeof schemas.editExam>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { examId, version, ...rules } = input;
		const [opensAt, closesAt] = [instantAt(rules.opensAt), instantAt(rules.closesAt)];
		const exam = await lockDraft(ctx, examId);
		if (exam.version !== version) throw conflict('exam.changed');
		const wrong = rules.addressRanges.find((range) => !isAddressRange(range));
		if (wrong !== undefined) throw invalid('exam.address-range', { field: 'addressRanges', values: { range: wrong } });

		const outside = await ctx.db.$count(
			examWindows,
			sql`${eq(examWindows.examId, examId)} and ${or(sql`${examWindows.opensAt} < ${opensAt}`, sql`${examWindows.closesAt} > ${closesAt}`)}`
		);
		if (outside > 0) throw conflict('exam.window-outside', { field: 'closesAt' });

		await ctx.db
			.update(exams)
			.set({ ...rules, opensAt, closesAt, version: version + 1 })
			.where(eq(exams.id, examId));
		await record(ctx, 'exam.edited', examId, { version: version + 1 });
	});
}
