import { and, eq, sql } from 'drizzle-orm';
import { examStatistics } from '#db/schema/exam-statistics.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { enqueue } from '../../platform/enqueue.ts';

/** How long changes are gathered before figures are worked out anew: many papers are handed in at one minute. */
const gatherSeconds = 10;

/** Whoever settles candidates shares this lock until they commit; whoever begins to work out waits for them. */
const lockOf = (examId: string) => sql`hashtextextended(${`statistics ${examId}`}, 0)`;

/**
 * Notes that the figures of an exam are out of date, and has them worked out by a job, in the caller's transaction. Those who find
 * them noted already touch no row, so that a thousand papers handed in at once do not queue for one.
 */
export async function markStale(ctx: Context, { examId }: { examId: string }): Promise<void> {
	const { db, now } = ctx;
	await db.execute(sql`select pg_advisory_xact_lock_shared(${lockOf(examId)})`);
	const [known] = await db
		.select({ stale: examStatistics.stale })
		.from(examStatistics)
		.where(eq(examStatistics.examId, examId));
	if (known?.stale) return;
	const marked = known
		? await db
				.update(examStatistics)
				.set({ stale: true })
				.where(and(eq(examStatistics.examId, examId), eq(examStatistics.stale, false)))
				.returning({ examId: examStatistics.examId })
		: await db
				.insert(examStatistics)
				.values({ examId, figures: sql`'null'::jsonb`, workedOutAt: now, stale: true })
				.onConflictDoNothing()
				.returning({ examId: examStatistics.examId });
	if (marked.length === 0) return;
	const key = `exams.statistics ${examId}`;
	await enqueue(ctx, 'exams.statistics', { examId }, { key, runAt: new Date(now.getTime() + gatherSeconds * 1000) });
}

/** Takes the note away, once everybody who found it there has committed: what comes later is noted anew. */
export function clearStale(ctx: Context, examId: string): Promise<void> {
	return atomically(ctx, async ({ db }) => {
		await db.execute(sql`select pg_advisory_xact_lock(${lockOf(examId)})`);
		await db.update(examStatistics).set({ stale: false }).where(eq(examStatistics.examId, examId));
	});
}
