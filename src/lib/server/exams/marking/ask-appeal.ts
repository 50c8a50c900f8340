import { and, eq } from 'drizzle-orm';
import { examAppeals } from '#db/schema/exam-marking.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound, violatedConstraint } from '../../platform/errors.ts';
import { isId, newId } from '../../platform/ids.ts';

export interface AskAppeal {
	attemptId: string;
	slot: number;
	reason: string;
}

/**
 * Asks for one answer of the actor's own released paper to be looked at again.
 * @returns id of the appeal
 * @throws not-found attempt.not-found; conflict appeal.not-released | appeal.open
 */
export function askAppeal(ctx: SignedIn, { attemptId, slot, reason }: AskAppeal): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const [found] = isId(attemptId)
			? await ctx.db
					.select({ state: examAttempts.state, score: examAnswers.score, kind: exams.kind })
					.from(examAttempts)
					.innerJoin(exams, eq(exams.id, examAttempts.examId))
					.innerJoin(examAnswers, and(eq(examAnswers.attemptId, examAttempts.id), eq(examAnswers.slot, slot)))
					.where(and(eq(examAttempts.id, attemptId), eq(examAttempts.personId, ctx.actor.personId)))
					.for('update', { of: examAttempts })
			: [];
		if (!found) throw notFound('attempt');
		if (found.state !== 'released' || found.score === null) throw conflict('appeal.not-released');
		if (found.kind === 'mock') throw conflict('appeal.mock');

		const id = newId();
		const appeal = { id, attemptId, slot, reason, askedAt: ctx.now, scoreBefore: found.score };
		try {
			await atomically(ctx, (ctx) => ctx.db.insert(examAppeals).values(appeal));
		} catch (error) {
			if (violatedConstraint(error) === 'exam_appeals_one_open') throw conflict('appeal.open', { field: 'reason' });
			throw error;
		}
		await record(ctx, 'appeal.asked', attemptId, { slot });
		return id;
	});
}
