import { and, eq } from 'drizzle-orm';
import { examMarks } from '#db/schema/exam-marking.ts';
import { examAnswers, examLateAnswers } from '#db/schema/exam-sittings.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import type { Answer } from '../../questions/score-answer.ts';
import type { Exam } from '../queries.ts';
import { scoreSlot } from '../score-slot.ts';
import { changePoints } from './change-points.ts';
import { keyOf, readMendedKeys } from './key-changes.ts';
import { lateMarking } from './late-marking.ts';
import { type Attempt, lockAttempt } from './lock-attempt.ts';
import { mendedScore } from './mended-score.ts';
import { lockAnswers } from './read-answers.ts';

/** An examiner's word on an answer that came late. `points` where a written one stands in a slot that has been marked. */
export interface LateDecision {
	lateId: string;
	admitted: boolean;
	points?: number | undefined;
}

/**
 * Lets an answer count that came after the deadline or from a page that had been taken over, or decides that it does not. An
 * admitted one replaces what stood in its slot and is scored at once; a written one goes to the markers, or gets the points
 * given here when what stood there has been marked.
 * @throws not-found attempt.not-found | late.not-found; conflict late.decided | attempt.voided | late.open | late.being-marked;
 *   invalid late.points, answer.unfit; forbidden access.own-case
 */
export function decideLateAnswer(ctx: SignedIn, decision: LateDecision): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { late, attempt, exam } = await lockLate(ctx, decision.lateId);
		if (attempt.state === 'voided') throw conflict('attempt.voided');
		if (attempt.state === 'open' || attempt.state === 'prepared') throw conflict('late.open');

		const { admitted } = decision;
		await ctx.db
			.update(examLateAnswers)
			.set({ admitted, decidedBy: ctx.actor.personId, decidedAt: ctx.now })
			.where(eq(examLateAnswers.id, late.id));
		await record(ctx, admitted ? 'late-answer.admitted' : 'late-answer.refused', attempt.id, { slot: late.slot });
		if (admitted) await takeIn(ctx, { late, attempt, exam, points: decision.points });
	});
}

type Late = typeof examLateAnswers.$inferSelect;

async function lockLate(ctx: SignedIn, lateId: string): Promise<{ late: Late; attempt: Attempt; exam: Exam }> {
	const ofLate = eq(examLateAnswers.id, lateId);
	const [seen] = isId(lateId) ? await ctx.db.select().from(examLateAnswers).where(ofLate) : [];
	if (!seen) throw notFound('late');
	const found = await lockAttempt(ctx, seen.attemptId, 'exam:mark');
	const [late] = await ctx.db.select().from(examLateAnswers).where(ofLate).for('update');
	if (late!.decidedAt) throw conflict('late.decided');
	return { late: late!, ...found };
}

async function takeIn(
	ctx: SignedIn,
	{ late, attempt, exam, points }: { late: Late; attempt: Attempt; exam: Exam; points: number | undefined }
): Promise<void> {
	const { attemptId, slot } = late;
	const theOne = and(eq(examAnswers.attemptId, attemptId), eq(examAnswers.slot, slot))!;
	const [answer] = await lockAnswers(ctx, theOne);
	if (!answer) throw notFound('late');
	const response = late.response as Answer | null;
	if (response && response.kind !== answer.content.kind) throw invalid('answer.unfit');
	const marks = await ctx.db.$count(examMarks, and(eq(examMarks.attemptId, attemptId), eq(examMarks.slot, slot)));
	const marking = lateMarking({ answer: { kind: answer.content.kind, score: answer.score }, attempt, marks });
	if (marking === 'being-marked') throw conflict('late.being-marked');

	await ctx.db.update(examAnswers).set({ response, savedAt: late.receivedAt }).where(theOne);
	const mended = (await readMendedKeys(ctx, [exam.id])).get(keyOf(exam.id, answer.questionId));
	const scoring = { multiple: exam.multipleScoring };
	const given = { ...answer, response };
	const score = mended ? mendedScore(given, mended.content, mended.policy, scoring) : scoreSlot(given, scoring);
	if (score !== undefined) return changePoints(ctx, attempt, slot, score);

	if (marking === 'by-itself') await ctx.db.update(examAnswers).set({ score: null }).where(theOne);
	else if (points === undefined || points > answer.points)
		throw invalid('late.points', { field: 'points', values: { points: answer.points } });
	else await changePoints(ctx, attempt, slot, points);
}
