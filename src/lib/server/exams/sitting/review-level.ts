import { sql } from 'drizzle-orm';
import type { exams } from '#db/schema/exams.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import type { AttemptState } from '../attempt-state.ts';
import type { Context } from '../../platform/context.ts';

type Exam = typeof exams.$inferSelect;
export type ReviewLevel = Exam['reviewAfterAttempt'];

/** Each level shows what the ones before it show, and more. */
export const reviewLevels: readonly ReviewLevel[] = ['nothing', 'score', 'answers', 'explanations'];

/** What an exam grants, in stages. */
export type ReviewPolicy = Pick<Exam, 'reviewNow' | 'reviewAfterAttempt' | 'reviewAfterClose'>;

/** How far things are: whether the owner of a paper sits no more (`isFinished`), and whether nobody does (`isClosed`). */
export interface Stage {
	finished: boolean;
	closed: boolean;
}

/**
 * How much of a paper its owner may see: nothing before release; then what the exam grants right away, once its owner has no
 * attempt left, or once it has closed for everybody, whichever is more of what has come.
 */
export function reviewLevel(
	{ reviewNow, reviewAfterAttempt, reviewAfterClose }: ReviewPolicy,
	attempt: AttemptState,
	{ finished, closed }: Stage
): ReviewLevel {
	if (attempt !== 'released') return 'nothing';
	const granted = [reviewNow];
	if (finished || closed) granted.push(reviewAfterAttempt);
	if (closed) granted.push(reviewAfterClose);
	return reviewLevels.findLast((level) => granted.includes(level)) ?? 'nothing';
}

/** Whether nobody sits an exam any more, with all extra time and pauses: only then may its answers go round. */
export async function isClosed({ db, now }: Context, exam: Pick<Exam, 'id' | 'closesAt'>): Promise<boolean> {
	if (now < exam.closesAt) return false;
	const { rows } = await db.execute(sql`
		select 1 from ${examCandidates}
		where exam_id = ${exam.id} and status = 'due' and closes_at + make_interval(mins => extra_minutes) > ${now}
		union all
		select 1 from ${examAttempts} where exam_id = ${exam.id} and state = 'open'
		limit 1`);
	return rows.length === 0;
}
