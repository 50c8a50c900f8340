import { and, eq, ne, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { prepared } from '../../platform/prepared.ts';
import { showQuestion, type ShownQuestion } from '../../questions/show-question.ts';
import { listSlots, type Slot } from './list-slots.ts';
import { isOver } from './sitting-time.ts';

/** A question of the paper with what the server has of its answer. Built of named parts: nothing of the key comes along. */
export interface SittingSlot {
	slot: number;
	sectionId: string;
	section: string;
	/** Questions with the same one share a situation. */
	caseId: string | null;
	points: number;
	revision: number;
	flagged: boolean;
	savedAt: Date | null;
	question: ShownQuestion;
}

const finding = prepared((db) =>
	db
		.select({
			state: exams.state,
			title: exams.title,
			layout: exams.layout,
			seat: examCandidates.seat,
			pauseMinutes: examCandidates.pauseMinutes,
			attempt: examAttempts
		})
		.from(examCandidates)
		.innerJoin(exams, eq(exams.id, examCandidates.examId))
		.leftJoin(
			examAttempts,
			and(
				eq(examAttempts.examId, examCandidates.examId),
				eq(examAttempts.personId, examCandidates.personId),
				eq(examAttempts.state, 'open')
			)
		)
		.where(
			and(
				eq(examCandidates.examId, sql.placeholder('examId')),
				eq(examCandidates.personId, sql.placeholder('personId')),
				ne(exams.state, 'draft')
			)
		)
		.prepare('find_sitting')
);

/**
 * The actor's open paper, as it is shown to the page that may write; another page learns that it is being sat, not what is
 * asked. While paused the questions are out of sight. Undefined where no paper is open,
 * or its time and grace are over. Two questions to the database, however the exam is set up.
 * @throws not-found exam.not-found
 */
export async function readSitting(ctx: SignedIn, examId: string, writer: string | undefined) {
	const { db, actor } = ctx;
	const [exam] = isId(examId) ? await finding(db).execute({ examId, personId: actor.personId }) : [];
	if (!exam) throw notFound('exam');
	const { attempt } = exam;
	if (!attempt || exam.state === 'cancelled') return undefined;
	if (!attempt.pausedAt && isOver(ctx.now, attempt.deadlineAt!)) return undefined;

	const isWriter = attempt.writer === writer;
	const isShown = isWriter && !attempt.pausedAt;
	return {
		examId,
		title: exam.title,
		seat: exam.seat,
		layout: exam.layout,
		attemptId: attempt.id,
		writer: isWriter ? attempt.writer : null,
		now: ctx.now,
		deadlineAt: attempt.deadlineAt!,
		pausedAt: attempt.pausedAt,
		pauseSecondsLeft: Math.max(0, exam.pauseMinutes * 60 - attempt.pausedSeconds),
		total: attempt.total,
		slots: isShown ? (await listSlots(ctx, attempt.id)).map(shown) : []
	};
}

export type Sitting = NonNullable<Awaited<ReturnType<typeof readSitting>>>;

function shown({ slot, sectionId, section, caseId, points, revision, flagged, savedAt, pinned }: Slot): SittingSlot {
	return { slot, sectionId, section, caseId, points, revision, flagged, savedAt, question: showQuestion(pinned) };
}
