import { and, eq, ne, or, sql } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { recordAll } from '../../audit/record.ts';
import { announce } from '../../platform/announce.ts';
import type { Context } from '../../platform/context.ts';

/**
 * Lets the owners of marked attempts see what the review policy grants. In the caller's transaction.
 * @returns the attempts that are released now, with their owners
 */
export async function releaseAttempts(
	ctx: Context,
	attemptIds: readonly string[]
): Promise<{ id: string; personId: string }[]> {
	if (attemptIds.length === 0) return [];
	const released = await ctx.db
		.update(examAttempts)
		.set({ state: 'released', releasedAt: ctx.now })
		.where(and(sql`${examAttempts.id} = any (${sql.param(attemptIds)}::uuid[])`, eq(examAttempts.state, 'marked')))
		.returning({ id: examAttempts.id, personId: examAttempts.personId });
	if (released.length === 0) return [];
	await recordAll(
		ctx,
		'attempt.released',
		released.map(({ id }) => ({ subjectId: id }))
	);
	await announce(ctx, 'attempts.released', { attemptIds: released.map(({ id }) => id) });
	return released;
}

/**
 * Releases at once where an exam shows something before its close, and in mock exams. Whoever handed in the last of several
 * attempts may see more of those before, too. In the caller's transaction.
 */
export async function releaseEarly(ctx: Context, attemptIds: readonly string[]): Promise<void> {
	if (attemptIds.length === 0) return;
	const early = await ctx.db
		.select({ id: examAttempts.id, number: examAttempts.number })
		.from(examAttempts)
		.innerJoin(exams, eq(exams.id, examAttempts.examId))
		.where(
			and(
				sql`${examAttempts.id} = any (${sql.param(attemptIds)}::uuid[])`,
				or(
					eq(exams.kind, 'mock'),
					ne(exams.reviewNow, 'nothing'),
					ne(exams.reviewAfterAttempt, 'nothing'),
					eq(exams.state, 'released')
				)
			)
		);
	await releaseAttempts(
		ctx,
		early.map(({ id }) => id)
	);
	const further = early.filter(({ number }) => number > 1).map(({ id }) => id);
	if (further.length > 0) await announceEarlier(ctx, further);
}

/** Tells of the released papers that came before these, of the same people. */
async function announceEarlier(ctx: Context, attemptIds: string[]): Promise<void> {
	const { rows } = await ctx.db.execute<{ id: string }>(sql`
		select distinct before.id from ${examAttempts} t
		join ${examAttempts} before on before.exam_id = t.exam_id and before.person_id = t.person_id and before.number < t.number
		where t.id = any (${sql.param(attemptIds)}::uuid[]) and before.state = 'released'`);
	if (rows.length > 0) await announce(ctx, 'attempts.released', { attemptIds: rows.map(({ id }) => id) });
}
