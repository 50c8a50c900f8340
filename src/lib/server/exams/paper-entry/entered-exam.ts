import type { SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { getDecidedExam } from '../marking/written-answers.ts';
import type { Exam } from '../queries.ts';

/**
 * An exam whose printed papers the actor may enter: one that is sat on site, of a unit over which they mark.
 * @throws not-found exam.not-found
 */
export async function getEnteredExam(ctx: SignedIn, examId: string): Promise<Exam> {
	const exam = await getDecidedExam(ctx, examId);
	if (!exam.onSite) throw notFound('exam');
	return exam;
}

/** @throws conflict exam.not-published | exam.not-open where nobody can have sat it yet, or it was called off */
export function demandEnterable({ now }: SignedIn, exam: Exam): void {
	if (exam.state !== 'published' && exam.state !== 'released') throw conflict('exam.not-published');
	if (now < exam.opensAt) throw conflict('exam.not-open');
}
