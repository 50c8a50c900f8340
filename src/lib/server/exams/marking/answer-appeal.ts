import { and, eq } from 'drizzle-orm';
import { examAppeals } from '#db/schema/exam-marking.ts';
import { examAnswers } from '#db/schema/exam-sittings.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { changePoints } from './change-points.ts';
import { lockAttempt } from './lock-attempt.ts';

export interface AnswerAppeal {
	appealId: string;
	upheld: boolean;
	/** What the examiner says to the person. */
	answer: string;
	/** New points, where it is upheld. */
	points?: number | undefined;
}

/**
 * Answers an appeal: dismissed, the points stay; upheld, the answer gets new ones, and score and outcome follow. Question, answer and
 * points before and after are kept.
 * @throws not-found appeal.not-found | attempt.not-found; conflict appeal.answered | attempt.voided; invalid appeal.points;
 *   forbidden access.own-case
 */
export function answerAppeal(ctx: SignedIn, { appealId, upheld, answer, points }: AnswerAppeal): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const ofAppeal = eq(examAppeals.id, appealId);
		const [seen] = isId(appealId) ? await ctx.db.select().from(examAppeals).where(ofAppeal) : [];
		if (!seen) throw notFound('appeal');
		const { attempt, exam } = await lockAttempt(ctx, seen.attemptId, 'exam:mark');
		const [appeal] = await ctx.db.select().from(examAppeals).where(ofAppeal).for('update');
		if (appeal!.answeredAt) throw conflict('appeal.answered');
		if (attempt.state === 'voided') throw conflict('attempt.voided');

		const { slot } = seen;
		const [asked] = await ctx.db
			.select({ points: examAnswers.points, score: examAnswers.score })
			.from(examAnswers)
			.where(and(eq(examAnswers.attemptId, attempt.id), eq(examAnswers.slot, slot)));
		const scoreAfter = upheld ? points : asked!.score!;
		if (scoreAfter === undefined || scoreAfter < 0 || scoreAfter > asked!.points)
			throw invalid('appeal.points', { field: 'points', values: { points: asked!.points } });

		await ctx.db
			.update(examAppeals)
			.set({ upheld, answer, answeredBy: ctx.actor.personId, answeredAt: ctx.now, scoreAfter })
			.where(ofAppeal);
		await record(ctx, 'appeal.answered', attempt.id, { slot, upheld, from: asked!.score, to: scoreAfter });
		if (upheld) await changePoints(ctx, attempt, slot, scoreAfter);
		await notify(ctx, [attempt.personId], {
			kind: 'appeal_answered',
			occasion: appealId,
			href: `/exams/${exam.id}/papers/${attempt.id}`,
			values: { title: { 'zh-CN': exam.title, en: exam.title } }
		});
	});
}
