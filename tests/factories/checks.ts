import type { SignedIn } from '#lib/server/platform/context.ts';
import { beginCheck } from '#lib/server/courses/begin-check.ts';
import { listPinnedQuestions } from '#lib/server/courses/check-queries.ts';
import { saveAnswer } from '#lib/server/courses/save-answer.ts';
import { asShown } from '#lib/server/questions/shown-letters.ts';
import { submitCheck, type Outcome } from '#lib/server/courses/submit-check.ts';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import { rightAnswer, wrongAnswer } from './answers.ts';
import type { Course, Lesson } from './courses.ts';

/** The address of a lesson of a course that was made for a test; the first unless told. */
export const addressOf = (course: Course, lesson: Lesson = course.lessons[0]!) => ({
	course: course.slug,
	lesson: lesson.slug
});

/** What a person would send to answer each question of a try, the first ones wrongly. */
export async function answersTo(
	ctx: SignedIn,
	checkId: string,
	{ wrong = 0 } = {}
): Promise<{ position: number; answer: GivenAnswer }[]> {
	const asked = await listPinnedQuestions(ctx, checkId);
	return asked.map(({ position, content, parameters, optionOrder }) => {
		const answer = position <= wrong ? wrongAnswer(content) : rightAnswer(content, parameters ?? {});
		return { position, answer: asShown(answer, optionOrder) as GivenAnswer };
	});
}

/** Answers every question of a try, the first `wrong` ones wrongly. */
export async function answerAll(ctx: SignedIn, checkId: string, options: { wrong?: number } = {}): Promise<void> {
	for (const each of await answersTo(ctx, checkId, options)) await saveAnswer(ctx, { checkId, ...each });
}

/** One whole try at the check of a lesson. */
export async function aTry(
	ctx: SignedIn,
	address: ReturnType<typeof addressOf>,
	options: { wrong?: number } = {}
): Promise<{ checkId: string; outcome: Outcome }> {
	const checkId = await beginCheck(ctx, address);
	await answerAll(ctx, checkId, options);
	return { checkId, outcome: await submitCheck(ctx, { checkId, unanswered: 0 }) };
}

/** The same context some minutes later. */
export const later = <Ctx extends SignedIn>(ctx: Ctx, minutes: number): Ctx => ({
	...ctx,
	now: new Date(ctx.now.getTime() + minutes * 60_000)
});
