import { and, desc, eq, inArray } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import type { Context } from '../../platform/context.ts';
import type { Exam } from '../queries.ts';
import { isFinished, ownStanding } from './own-standing.ts';

/** Who of these candidates of an exam sits no more: no attempt is left, or the own window is over. */
export async function listFinished(
	{ db, now }: Context,
	exam: Exam,
	personIds: readonly string[]
): Promise<Set<string>> {
	const [candidates, attempts] = await Promise.all([
		db
			.select()
			.from(examCandidates)
			.where(and(eq(examCandidates.examId, exam.id), inArray(examCandidates.personId, [...personIds]))),
		db
			.select({ personId: examAttempts.personId, state: examAttempts.state, submittedAt: examAttempts.submittedAt })
			.from(examAttempts)
			.where(and(eq(examAttempts.examId, exam.id), inArray(examAttempts.personId, [...personIds])))
			.orderBy(desc(examAttempts.number))
	]);
	const own = Map.groupBy(attempts, ({ personId }) => personId);
	return new Set(
		candidates
			.filter((candidate) => {
				const { state } = ownStanding(now, { exam, candidate, attempts: own.get(candidate.personId) ?? [] });
				return isFinished(state);
			})
			.map(({ personId }) => personId)
	);
}
