import { sql } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exams.ts';
import { recordAll } from '../../audit/record.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { holdExamsOf } from '../queries.ts';
import { markAttempts } from '../marking/mark-attempts.ts';
import { endPauses } from './pause-attempt.ts';
import { graceSeconds } from './sitting-time.ts';

/** Attempts handed in and marked in one transaction. */
const perBatch = 200;

/**
 * Hands in every open attempt whose time and grace are over, as of its deadline, and marks it. Runs every minute and at start:
 * whatever ran out while the server was down is handed in then. Exactly once, however many processes run it.
 * @returns how many were handed in
 */
export async function submitDue(ctx: Context): Promise<number> {
	await endPauses(ctx);
	for (let submitted = 0; ;) {
		const ids = await atomically(ctx, submitBatch);
		submitted += ids.length;
		if (ids.length < perBatch) return submitted;
	}
}

async function submitBatch(ctx: Context): Promise<string[]> {
	const due = sql`state = 'open' and paused_at is null and deadline_at + make_interval(secs => ${graceSeconds}) <= ${ctx.now}`;
	await holdExamsOf(ctx, due);
	const { rows } = await ctx.db.execute<{ id: string }>(sql`
		update ${examAttempts} set state = 'submitted', submitted_at = deadline_at, submitted_by = 'deadline'
		where ${examAttempts.id} in (
			select id from exam_attempts
			where ${due}
			order by deadline_at limit ${perBatch} for update skip locked)
		returning ${examAttempts.id}`);
	const ids = rows.map(({ id }) => id);
	await recordAll(
		ctx,
		'attempt.submitted',
		ids.map((subjectId) => ({ subjectId, details: { by: 'deadline' } }))
	);
	await markAttempts(ctx, ids);
	return ids;
}
