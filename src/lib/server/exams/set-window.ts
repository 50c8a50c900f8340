import { and, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { examWindows } from '#db/schema/exams.ts';
import type * as schemas from '#lib/schemas/exam-candidates.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { instantAt } from '../platform/dates.ts';
import { invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { getUnit } from '../units/queries.ts';
import { lockDraft } from './lock-draft.ts';

/**
 * Gives a unit and all below it a window of their own inside that of the exam (错峰); a unit has one.
 * @throws invalid exam.window-outside, conflict exam.not-draft, not-found exam.not-found | unit.not-found
 */
export function setWindow(ctx: SignedIn, input: v.InferOutput<typeof schemas.setWindow>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { examId, unitId } = input;
		const exam = await lockDraft(ctx, examId);
		await getUnit(ctx, unitId, 'exam:edit');
		const window = { opensAt: instantAt(input.opensAt), closesAt: instantAt(input.closesAt) };
		if (window.opensAt < exam.opensAt || window.closesAt > exam.closesAt)
			throw invalid('exam.window-outside', { field: 'closesAt' });
		await ctx.db
			.insert(examWindows)
			.values({ id: newId(), examId, unitId, ...window })
			.onConflictDoUpdate({ target: [examWindows.examId, examWindows.unitId], set: window });
		const [from, until] = [window.opensAt.toISOString(), window.closesAt.toISOString()];
		await record(ctx, 'exam.window-set', examId, { unitId, from, until });
	});
}

/** Lets a unit sit in the window of the exam again. @throws conflict exam.not-draft, not-found exam.not-found | window.not-found */
export function removeWindow(ctx: SignedIn, { examId, unitId }: { examId: string; unitId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockDraft(ctx, examId);
		const removed = await ctx.db
			.delete(examWindows)
			.where(and(eq(examWindows.examId, examId), eq(examWindows.unitId, unitId)))
			.returning({ id: examWindows.id });
		if (removed.length === 0) throw notFound('window');
		await record(ctx, 'exam.window-removed', examId, { unitId });
	});
}
