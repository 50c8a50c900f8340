import { and, desc, eq, inArray } from 'drizzle-orm';
import { examKeyChanges } from '#db/schema/exam-marking.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { people } from '#db/schema/people.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { Context, SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { disclose } from '../../questions/disclose.ts';
import { reviewQuestion, type ReviewedQuestion } from '../../questions/review-question.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { readByPoints } from '../paper-entry/entries.ts';
import { listFinished } from './list-finished.ts';
import { listSlots, type Slot } from './list-slots.ts';
import { getOwnCandidacy } from './read-own-exam.ts';
import { isClosed, reviewLevel, type ReviewLevel } from './review-level.ts';

/** A slot of a paper that was handed in. The question is there from the level `answers` on. */
export interface PaperSlot {
	slot: number;
	section: string;
	caseId: string | null;
	points: number;
	score: number | null;
	savedAt: Date | null;
	answered: boolean;
	/** The key was mended after the sitting, and how. */
	mended: string | null;
	question: ReviewedQuestion | null;
}

/**
 * The actor's own paper as it was sat, with as much as the exam lets its owner see today. Explanations that are shown make
 * their questions known: they are drawn for no closed-book exam any more.
 * @throws not-found attempt.not-found, not-found exam.not-found
 */
export async function readPaper(ctx: SignedIn, examId: string, attemptId: string) {
	const { exam, candidate, unitName } = await getOwnCandidacy(ctx, examId);
	const [found] = isId(attemptId)
		? await ctx.db
				.select({ attempt: examAttempts, name: people.name })
				.from(examAttempts)
				.innerJoin(people, eq(people.id, examAttempts.personId))
				.where(
					and(
						eq(examAttempts.id, attemptId),
						eq(examAttempts.examId, examId),
						eq(examAttempts.personId, ctx.actor.personId)
					)
				)
		: [];
	if (!found?.attempt.submittedAt) throw notFound('attempt');

	const { attempt, name } = found;
	const [finished, closed] = await Promise.all([listFinished(ctx, exam, [ctx.actor.personId]), isClosed(ctx, exam)]);
	const granted = reviewLevel(exam, attempt.state, { finished: finished.has(ctx.actor.personId), closed });
	const byPoints = (await readByPoints(ctx, [attemptId])).get(attemptId) ?? null;
	const level = byPoints && granted !== 'nothing' ? 'score' : granted; // without answers there is nothing to go through
	const slots = await listSlots(ctx, attemptId);
	if (level === 'explanations')
		await disclose(
			ctx,
			slots.map(({ questionId }) => questionId)
		);
	return {
		exam: { id: exam.id, title: exam.title, unitName, passMark: exam.passMark, excellentMark: exam.excellentMark },
		name,
		seat: candidate.seat,
		attemptId,
		number: attempt.number,
		startedAt: attempt.startedAt!,
		submittedAt: attempt.submittedAt!,
		submittedBy: attempt.submittedBy!,
		voidedBecause: attempt.voidedBecause,
		releasedAt: attempt.releasedAt,
		level,
		total: attempt.total,
		score: level === 'nothing' ? null : attempt.score,
		byPoints: level === 'nothing' ? null : byPoints,
		slots: await paperSlots(ctx, examId, slots, level)
	};
}

export type Paper = Awaited<ReturnType<typeof readPaper>>;

/** The slots with the keys that hold today: a mended one replaces the one that was pinned. */
export async function paperSlots(
	ctx: Context,
	examId: string,
	slots: Slot[],
	level: ReviewLevel
): Promise<PaperSlot[]> {
	const showsAnswers = level === 'answers' || level === 'explanations';
	const mended = showsAnswers ? await readMendedKeys(ctx, examId, slots) : new Map<string, MendedKey>();
	return slots.map(({ slot, section, caseId, points, score, savedAt, questionId, pinned }) => {
		const key = mended.get(questionId);
		const content = key?.content ?? pinned.content;
		const correct = score === null ? null : score === points;
		const question = showsAnswers ? reviewQuestion({ ...pinned, content, correct }) : null;
		return {
			slot,
			section,
			caseId,
			points,
			score: level === 'nothing' ? null : score,
			savedAt,
			answered: pinned.response !== null,
			mended: key?.policy ?? null,
			question: question && (level === 'explanations' ? question : withoutReasons(question))
		};
	});
}

/** The right answers alone: why they are right is a level of its own. */
function withoutReasons(question: ReviewedQuestion): ReviewedQuestion {
	return {
		...question,
		explanation: '',
		options: question.options.map((option) => ({ ...option, why: null })),
		judgement: question.judgement && { ...question.judgement, why: '' },
		typed: question.typed.map((typed) => ({ ...typed, mistakes: [] }))
	};
}

interface MendedKey {
	policy: string;
	content: AskedQuestion;
}

async function readMendedKeys({ db }: Context, examId: string, slots: Slot[]): Promise<Map<string, MendedKey>> {
	const rows = await db
		.selectDistinctOn([examKeyChanges.questionId], {
			questionId: examKeyChanges.questionId,
			policy: examKeyChanges.policy,
			content: questionVersions.content
		})
		.from(examKeyChanges)
		.innerJoin(questionVersions, eq(questionVersions.id, examKeyChanges.toVersionId))
		.where(
			and(
				eq(examKeyChanges.examId, examId),
				inArray(
					examKeyChanges.questionId,
					slots.map(({ questionId }) => questionId)
				)
			)
		)
		.orderBy(examKeyChanges.questionId, desc(examKeyChanges.changedAt));
	return new Map(
		rows.map(({ questionId, policy, content }) => [questionId, { policy, content: content as AskedQuestion }])
	);
}
