import { and, eq } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { exams } from '#db/schema/exams.ts';
import type { SignedIn } from '../platform/context.ts';

/** The exam that a class ends with, where the actor is to sit it; null otherwise. */
export async function findOwnExam(
	{ db, actor }: SignedIn,
	examId: string
): Promise<{ id: string; title: string } | null> {
	const [exam] = await db
		.select({ id: exams.id, title: exams.title })
		.from(exams)
		.innerJoin(examCandidates, eq(examCandidates.examId, exams.id))
		.where(and(eq(exams.id, examId), eq(examCandidates.personId, actor.personId)));
	return exam ?? null;
}
