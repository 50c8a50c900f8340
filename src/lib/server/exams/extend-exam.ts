import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import type * as schemas from '#lib/schemas/exams.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { instantAt } from '../platform/dates.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { lockExam } from './queries.ts';
import { settleCandidates } from './settle-candidates.ts';

/**
 * Moves the end of a published exam to a later time, for everybody whose own window ended with it; whoever is sitting gets the
 * time that the old end had cut off, and whoever was absent may still come. They are told, with the reason.
 * @returns how many people it concerns
 * @throws conflict exam.not-published, invalid exam.not-later, not-found exam.not-found
 */
export function extendExam(
	ctx: SignedIn,
	{ examId, closesAt, because }: v.InferOutput<typeof schemas.extendExam>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const exam = await lockExam(ctx, examId);
		if (exam.state !== 'published') throw conflict('exam.not-published');
		const end = instantAt(closesAt);
		if (end <= exam.closesAt || end <= ctx.now) throw invalid('exam.not-later', { field: 'closesAt' });

		await ctx.db.update(exams).set({ closesAt: end }).where(eq(exams.id, examId));
		const moved = await ctx.db
			.update(examCandidates)
			.set({ closesAt: end })
			.where(and(eq(examCandidates.examId, examId), eq(examCandidates.closesAt, exam.closesAt)))
			.returning({ personId: examCandidates.personId, status: examCandidates.status, outcome: examCandidates.outcome });
		await moveDeadlines(ctx, examId, exam.minutes);
		await settleCandidates(
			ctx,
			examId,
			moved.filter(({ outcome }) => outcome === 'absent').map(({ personId }) => personId)
		);

		const due = moved.filter(({ status }) => status === 'due').map(({ personId }) => personId);
		await notify(ctx, due, {
			kind: 'exam_extended',
			occasion: `${examId} ${end.toISOString()}`,
			href: `/exams/${examId}`,
			values: { title: { 'zh-CN': exam.title, en: exam.title }, closesAt: end.toISOString(), because }
		});
		await record(ctx, 'exam.extended', examId, {
			from: exam.closesAt.toISOString(),
			to: end.toISOString(),
			people: due.length
		});
		return due.length;
	});
}

/** The same sum as `deadlineOf`, for everybody who is sitting at once. */
async function moveDeadlines({ db }: SignedIn, examId: string, minutes: number): Promise<void> {
	await db.execute(sql`
		update ${examAttempts} set deadline_at = c.ends + make_interval(secs => ${examAttempts.pausedSeconds})
		from (select t.id, least(
				t.started_at + make_interval(mins => ${minutes}::int + c.extra_minutes),
				c.closes_at + make_interval(mins => c.extra_minutes)) as ends
			from exam_attempts t join ${examCandidates} c on c.exam_id = t.exam_id and c.person_id = t.person_id
			where t.exam_id = ${examId} and t.state = 'open') c
		where ${examAttempts.id} = c.id`);
}
