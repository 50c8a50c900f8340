import type { SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { type Exam, lockExam } from './queries.ts';

/** Takes the row of an exam that is still being set up. @throws not-found exam.not-found, conflict exam.not-draft */
export async function lockDraft(ctx: SignedIn, examId: string): Promise<Exam> {
	const exam = await lockExam(ctx, examId);
	if (exam.state !== 'draft') throw conflict('exam.not-draft');
	return exam;
}
