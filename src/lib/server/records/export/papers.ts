import { readPaper } from '../../exams/sitting/read-paper.ts';
import type { SignedIn } from '../../platform/context.ts';
import type { ExamLine } from '../exams.ts';

/** The papers that the actor handed in, one after the other, each as far as its exam lets them see it today. */
export async function* eachPaper(ctx: SignedIn, exams: readonly ExamLine[]) {
	for (const exam of exams) for (const { id } of exam.papers) yield await readPaper(ctx, exam.id, id);
}
