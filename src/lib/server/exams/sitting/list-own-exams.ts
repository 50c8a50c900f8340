import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import type { SignedIn } from '../../platform/context.ts';
import { reviewLevel } from './review-level.ts';
import { isFinished, ownStanding } from './own-standing.ts';

/** The exams that name the actor, with how they stand in each; the next one to open first. */
export async function listOwnExams(ctx: SignedIn) {
	const { db, actor, now } = ctx;
	const rows = await db
		.select({
			id: exams.id,
			title: exams.title,
			kind: exams.kind,
			state: exams.state,
			minutes: exams.minutes,
			attempts: exams.attempts,
			waitMinutes: exams.waitMinutes,
			entryMinutes: exams.entryMinutes,
			status: examCandidates.status,
			opensAt: examCandidates.opensAt,
			closesAt: examCandidates.closesAt,
			extraMinutes: examCandidates.extraMinutes,
			seat: examCandidates.seat,
			released: sql<boolean>`${exams.state} = 'released'`,
			score: examCandidates.score,
			outcome: examCandidates.outcome,
			excellent: examCandidates.excellent,
			reviewNow: exams.reviewNow,
			reviewAfterAttempt: exams.reviewAfterAttempt,
			reviewAfterClose: exams.reviewAfterClose,
			isTodo: sql<boolean>`exists (
				select from exams_to_sit(${actor.personId}) t
				where t.exam_id = ${exams.id} and t.from_at <= ${now.toISOString()} and (t.until_at is null or ${now.toISOString()} < t.until_at)
			)`
		})
		.from(examCandidates)
		.innerJoin(exams, eq(exams.id, examCandidates.examId))
		.where(and(eq(examCandidates.personId, actor.personId), ne(exams.state, 'draft')))
		.orderBy(asc(examCandidates.opensAt), asc(exams.title));
	const attempts = await listAttempts(
		ctx,
		rows.map(({ id }) => id)
	);

	return rows.map((row) => {
		const own = attempts.filter(({ examId }) => examId === row.id);
		const { state: standing, until } = ownStanding(now, { exam: row, candidate: row, attempts: own });
		const open = own.find((attempt) => attempt.state === 'open');
		// What marking has found is nobody's to see before it is released, and never where the exam shows nothing.
		const stage = { finished: isFinished(standing), closed: row.released };
		const released = own.some(({ state }) => reviewLevel(row, state, stage) !== 'nothing');
		return {
			...row,
			standing,
			until: until ?? null,
			deadlineAt: open?.deadlineAt ?? null,
			submittedAt: own.find(({ submittedAt }) => submittedAt)?.submittedAt ?? null,
			score: released ? row.score : null,
			outcome: released || row.outcome === 'absent' ? row.outcome : null,
			excellent: released && row.excellent
		};
	});
}

export type OwnExam = Awaited<ReturnType<typeof listOwnExams>>[number];

async function listAttempts({ db, actor }: SignedIn, examIds: string[]) {
	if (examIds.length === 0) return [];
	return db
		.select({
			examId: examAttempts.examId,
			state: examAttempts.state,
			deadlineAt: examAttempts.deadlineAt,
			submittedAt: examAttempts.submittedAt
		})
		.from(examAttempts)
		.where(and(inArray(examAttempts.examId, examIds), eq(examAttempts.personId, actor.personId)))
		.orderBy(desc(examAttempts.number));
}

/** What of the actor's exams belongs on today's page: running, open, or within the next seven days; never a mock exam. */
export async function listExamsAhead(ctx: SignedIn): Promise<OwnExam[]> {
	return (await listOwnExams(ctx)).filter(({ isTodo }) => isTodo);
}
