import { and, eq } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../../access/abilities.ts';
import { demandNotOwn, within } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { type Exam, holdExamsOf } from '../queries.ts';

export type Attempt = typeof examAttempts.$inferSelect;

/**
 * Takes the row of an attempt for a decision about it. Nobody decides about their own.
 * @throws not-found attempt.not-found outside the actor's reach, forbidden access.own-case
 */
export async function lockAttempt(
	ctx: SignedIn,
	attemptId: string,
	ability: Ability
): Promise<{ attempt: Attempt; exam: Exam }> {
	if (isId(attemptId)) await holdExamsOf(ctx, eq(examAttempts.id, attemptId));
	const [found] = isId(attemptId)
		? await ctx.db
				.select({ attempt: examAttempts, exam: exams })
				.from(examAttempts)
				.innerJoin(exams, eq(exams.id, examAttempts.examId))
				.innerJoin(units, eq(units.id, exams.unitId))
				.where(and(eq(examAttempts.id, attemptId), within(ctx.actor, ability, units.path)))
				.for('update', { of: examAttempts })
		: [];
	if (!found) throw notFound('attempt');
	demandNotOwn(ctx, found.attempt.personId);
	return found;
}
