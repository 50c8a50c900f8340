import { and, eq, gte } from 'drizzle-orm';
import { auditEntries } from '#db/schema/audit.ts';
import type { questions } from '#db/schema/questions.ts';
import { record } from '../audit/record.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf, startOfDay } from '../platform/dates.ts';

type Row = Pick<typeof questions.$inferSelect, 'id' | 'use' | 'courseId'>;

/** Puts on record that the actor saw a question that exams may ask: once for each question, person and day. */
export async function recordViewing(ctx: SignedIn, { id, use, courseId }: Row): Promise<void> {
	if (use === 'practice' || courseId !== null) return;
	const seen = await ctx.db.$count(
		auditEntries,
		and(
			eq(auditEntries.subjectId, id),
			eq(auditEntries.action, 'question.viewed'),
			eq(auditEntries.actorId, ctx.actor.personId),
			gte(auditEntries.at, startOfDay(dateOf(ctx.now)))
		)
	);
	if (seen === 0) await record(ctx, 'question.viewed', id);
}
