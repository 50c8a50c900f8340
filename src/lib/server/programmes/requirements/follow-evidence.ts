import { sql } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import type { Facts } from '../../platform/announce.ts';
import type { Context } from '../../platform/context.ts';
import { settle } from './settle.ts';

/** A completed course counts for itself, and for the programmes that let people choose. */
export const settleCourse = (ctx: Context, { personId }: Facts['course.completed']): Promise<void> =>
	settle(ctx, [personId], ['course', 'electives']);

/** An outcome that changed: by marking, by a mended key, by an appeal, by voiding. */
export const settleExam = (ctx: Context, { personIds }: Facts['exam.settled']): Promise<void> =>
	settle(ctx, personIds, ['exam']);

/** What an exam has found counts once it may be seen. */
export async function settleReleased(ctx: Context, { attemptIds }: Facts['attempts.released']): Promise<void> {
	const { rows } = await ctx.db.execute<{ personId: string }>(
		sql`select distinct person_id as "personId" from ${examAttempts} where id = any(${sql.param(attemptIds)}::uuid[])`
	);
	await settle(
		ctx,
		rows.map(({ personId }) => personId),
		['exam']
	);
}

/** Attendance as it was settled, or corrected. */
export const settleAttendance = (ctx: Context, { personIds }: Facts['attendance.settled']): Promise<void> =>
	settle(ctx, personIds, ['event']);

/** Hours granted or reversed. */
export const settleHours = (ctx: Context, { personIds }: Facts['hours.changed']): Promise<void> =>
	settle(ctx, personIds, ['hours']);
