import { and, eq } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exams.ts';
import type { SignedIn } from '../../platform/context.ts';
import { showQuestion, type ShownQuestion } from '../../questions/show-question.ts';
import { listSlots, type Slot } from './list-slots.ts';
import { getOwnCandidacy } from './read-own-exam.ts';
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

/**
 * The actor's open paper, as it is shown to the page that may write; another page learns that it is being sat, not what is
 * asked. While paused the questions are out of sight. Undefined where no paper is open,
 * or its time and grace are over.
 * @throws not-found exam.not-found
 */
export async function readSitting(ctx: SignedIn, examId: string, writer: string | undefined) {
	const { exam, candidate } = await getOwnCandidacy(ctx, examId);
	const [attempt] = await ctx.db
		.select()
		.from(examAttempts)
		.where(
			and(
				eq(examAttempts.examId, examId),
				eq(examAttempts.personId, ctx.actor.personId),
				eq(examAttempts.state, 'open')
			)
		);
	if (!attempt || exam.state === 'cancelled') return undefined;
	if (!attempt.pausedAt && isOver(ctx.now, attempt.deadlineAt!)) return undefined;

	const isWriter = attempt.writer === writer;
	const isShown = isWriter && !attempt.pausedAt;
	return {
		examId,
		title: exam.title,
		seat: candidate.seat,
		layout: exam.layout,
		attemptId: attempt.id,
		writer: isWriter ? attempt.writer : null,
		now: ctx.now,
		deadlineAt: attempt.deadlineAt!,
		pausedAt: attempt.pausedAt,
		pauseSecondsLeft: Math.max(0, candidate.pauseMinutes * 60 - attempt.pausedSeconds),
		total: attempt.total,
		slots: isShown ? (await listSlots(ctx, attempt.id)).map(shown) : []
	};
}

export type Sitting = NonNullable<Awaited<ReturnType<typeof readSitting>>>;

function shown({ slot, sectionId, section, caseId, points, revision, flagged, savedAt, pinned }: Slot): SittingSlot {
	return { slot, sectionId, section, caseId, points, revision, flagged, savedAt, question: showQuestion(pinned) };
}
