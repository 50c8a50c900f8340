import { eq } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { notify } from '../../notifications/notify.ts';
import type { SignedIn } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import type { Exam } from '../queries.ts';

type Attempt = typeof examAttempts.$inferSelect;

/** Tells the owner of a released paper that its points have changed. */
export async function tellRescored(ctx: SignedIn, exam: Exam, before: Attempt): Promise<void> {
	if (before.state !== 'released') return;
	const [after] = await ctx.db.select().from(examAttempts).where(eq(examAttempts.id, before.id));
	if (!after || after.score === before.score) return;
	await notify(ctx, [before.personId], {
		kind: 'exam_rescored',
		occasion: newId(),
		href: `/exams/${exam.id}`,
		values: { title: { 'zh-CN': exam.title, en: exam.title } }
	});
}
