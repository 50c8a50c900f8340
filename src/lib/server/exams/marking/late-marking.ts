import { type SQL, sql } from 'drizzle-orm';
import { examAnswers, type examAttempts } from '#db/schema/exam-sittings.ts';
import { isWritten } from '../score-slot.ts';

/**
 * What has to happen when a late answer is admitted: nothing, where it is scored at once or goes to the markers; an examiner gives
 * the points, where what stood in its slot has been marked; or it has to wait, while somebody is marking that.
 */
export type LateMarking = 'by-itself' | 'by-examiner' | 'being-marked';

/** SQL: how many marks the answer in a slot has, final or not. */
export const marksOf: SQL<number> = sql<number>`(
	select count(*)::int from exam_marks m
	where m.attempt_id = ${examAnswers.attemptId} and m.slot = ${examAnswers.slot})`;

type Slot = {
	answer: Pick<typeof examAnswers.$inferSelect, 'kind' | 'score'>;
	attempt: Pick<typeof examAttempts.$inferSelect, 'state'>;
	marks: number;
};

/** How a late answer gets its points. */
export function lateMarking({ answer, attempt, marks }: Slot): LateMarking {
	if (!isWritten(answer.kind)) return 'by-itself';
	if (marks > 0 && answer.score === null) return 'being-marked';
	return marks > 0 || attempt.state !== 'submitted' ? 'by-examiner' : 'by-itself';
}
