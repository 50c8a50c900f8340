import { and, eq } from 'drizzle-orm';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import type { AnswerForm } from '#lib/schemas/sitting.ts';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isUnanswered } from '../../questions/shown-letters.ts';
import { saveAnswer } from './save-answer.ts';

/**
 * Saves what a page without a script sends when it goes on: such a page counts no changes, so that what was sent last holds.
 * A question that was only looked at gets no receipt.
 * @returns where to go next
 * @throws as `saveAnswer` does
 */
export async function answerByForm(ctx: SignedIn, form: AnswerForm): Promise<string> {
	const { attemptId, slot, writer, response, flagged, to } = form;
	const [kept] = await ctx.db
		.select({ revision: examAnswers.revision, flagged: examAnswers.flagged, response: examAnswers.response })
		.from(examAnswers)
		.innerJoin(examAttempts, eq(examAttempts.id, examAnswers.attemptId))
		.where(
			and(
				eq(examAnswers.attemptId, attemptId),
				eq(examAnswers.slot, slot),
				eq(examAttempts.personId, ctx.actor.personId)
			)
		);
	if (!kept) throw notFound('attempt');
	const saysNothing = kept.response === null && isUnanswered(response) && kept.flagged === flagged;
	if (!saysNothing) await saveAnswer(ctx, { attemptId, slot, writer, revision: kept.revision + 1, response, flagged });
	return to;
}
