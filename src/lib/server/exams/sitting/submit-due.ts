import { sql } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { recordAll } from '../../audit/record.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { holdExamsOf } from '../queries.ts';
import { markAttempts, markStuck } from '../marking/mark-attempts.ts';
import { endPauses } from './pause-attempt.ts';
import { graceSeconds } from './sitting-time.ts';

/** Attempts handed in and marked in one transaction. */
const perBatch = 200;

/**
 * Hands in every open attempt whose time and grace are over, as of its deadline, and marks it where it can be marked. Runs every minute and at start:
 * whatever ran out while the server was down is handed in then. Exactly once, however many processes run it.
 * @returns how many were handed in
 */
export async function submitDue(ctx: Context): Promise<number> {
	await endPauses(ctx);
	let submitted = 0;
	for (;;) {
		const ids = await atomically(ctx, submitBatch);
		if (ids.length === 0) break; // fewer than a batch may only mean that somebody holds the others just now
		submitted += ids.length;
	}
	await markStuck(ctx);
	return submitted;
}

async function submitBatch(ctx: Context): Promise<string[]> {
	const due = sql`state = 'open' and paused_at is null and deadline_at + make_interval(secs => ${graceSeconds}) <= ${ctx.now}`;
	await holdExamsOf(ctx, due);
	const { rows } = await ctx.db.execute<{ id: string }>(sql`
		with due as materialized (
			select id from ${examAttempts} where ${due} order by deadline_at, id limit ${perBatch} for update skip locked)
		update ${examAttempts} t set state = 'submitted', submitted_at = t.deadline_at, submitted_by = 'deadline'
		from due where t.id = due.id
		returning t.id`);
	const ids = rows.map(({ id }) => id);
	await recordAll(
		ctx,
		'attempt.submitted',
		ids.map((subjectId) => ({ subjectId, details: { by: 'deadline' } }))
	);
	await markAttempts(ctx, ids);
	return ids;
}
