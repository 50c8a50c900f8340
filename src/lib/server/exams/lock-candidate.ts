import { and, eq } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { type Exam, lockExam } from './queries.ts';

export type Candidate = typeof examCandidates.$inferSelect;

/** Which candidate of which exam. */
export interface CandidateAddress {
	examId: string;
	personId: string;
}

/**
 * Takes the row of a candidate of a published exam for a decision about them.
 * @throws not-found exam.not-found | candidate.not-found, conflict exam.not-published
 */
export async function lockCandidate(
	ctx: SignedIn,
	{ examId, personId }: CandidateAddress
): Promise<{ exam: Exam; candidate: Candidate }> {
	const exam = await lockExam(ctx, examId);
	if (exam.state !== 'published') throw conflict('exam.not-published');
	const [found] = isId(personId)
		? await ctx.db
				.select({ candidate: examCandidates })
				.from(examCandidates)
				.innerJoin(units, eq(units.id, examCandidates.unitId))
				.where(
					and(
						eq(examCandidates.examId, examId),
						eq(examCandidates.personId, personId),
						within(ctx.actor, 'exam:edit', units.path)
					)
				)
				.for('update', { of: examCandidates })
		: [];
	if (!found) throw notFound('candidate');
	return { exam, candidate: found.candidate };
}

/** The attempts of a candidate. */
export const listAttempts = ({ db }: SignedIn, { examId, personId }: CandidateAddress) =>
	db
		.select()
		.from(examAttempts)
		.where(and(eq(examAttempts.examId, examId), eq(examAttempts.personId, personId)));
