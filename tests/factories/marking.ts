import { and, asc, eq } from 'drizzle-orm';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { questions, questionVersions } from '#db/schema/questions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { storedQuestion } from '#lib/server/questions/stored-question.ts';
import { aBankQuestion } from './bank.ts';
import { aPublishedExam, type Exam, type PublishedExam } from './exams.ts';
import { aShortAnswer } from './questions.ts';

/** An exam of written answers: two questions at ten points, unless told. */
export async function aWrittenExam(
	ctx: Context,
	{ questions: count = 2, ...values }: Parameters<typeof aPublishedExam>[1] & { questions?: number } = {}
): Promise<PublishedExam> {
	for (let made = 0; made < count; made++) {
		const content = aShortAnswer({ articles: [], stem: `简述第${made + 1}项要求。` });
		await aBankQuestion(ctx, content, values.unit ? { unit: values.unit } : {});
	}
	return aPublishedExam(ctx, { bank: 0, sections: [{ kind: 'short-answer', count, points: 10 }], ...values });
}

/** The bank's question as somebody has mended it: a new version with another content. @returns its id */
export async function aMendedVersion(ctx: Context, questionId: string, content: SmallContent): Promise<string> {
	const id = newId();
	const stored = storedQuestion({ ...content, id: questionId });
	await ctx.db.insert(questionVersions).values({
		id,
		questionId,
		number: 2,
		difficulty: content.difficulty,
		content: stored,
		hash: id,
		createdAt: ctx.now
	});
	await ctx.db.update(questions).set({ currentVersionId: id }).where(eq(questions.id, questionId));
	return id;
}

/** The instant after everybody's window. */
export const afterClose = (exam: Exam): Date => new Date(exam.closesAt.getTime() + 3_600_000);

/** The answers of a paper in their order. */
export const answersOf = (ctx: Context, attemptId: string) =>
	ctx.db.select().from(examAnswers).where(eq(examAnswers.attemptId, attemptId)).orderBy(asc(examAnswers.slot));

/** A paper as it stands. */
export async function theAttempt(ctx: Context, attemptId: string): Promise<typeof examAttempts.$inferSelect> {
	const [attempt] = await ctx.db.select().from(examAttempts).where(eq(examAttempts.id, attemptId));
	return attempt!;
}

/** The slot of a paper that asks a question. */
export async function slotOf(ctx: Context, attemptId: string, questionId: string): Promise<number> {
	const [answer] = await ctx.db
		.select({ slot: examAnswers.slot })
		.from(examAnswers)
		.where(and(eq(examAnswers.attemptId, attemptId), eq(examAnswers.questionId, questionId)));
	return answer!.slot;
}

/** An exam as it stands. */
export async function theExam(ctx: Context, examId: string): Promise<Exam> {
	const [exam] = await ctx.db.select().from(exams).where(eq(exams.id, examId));
	return exam!;
}
