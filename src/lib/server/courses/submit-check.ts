import { and, asc, eq, sql } from 'drizzle-orm';
import { masteryCheckQuestions, masteryChecks } from '#db/schema/courses.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { SubmitCheck } from '#lib/schemas/checks.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { type Answer, scoreAnswer } from '../questions/score-answer.ts';
import type { AskedQuestion } from '../questions/stored-question.ts';
import type { Try } from './check-queries.ts';
import { completeLesson } from './complete-lesson.ts';

export type Outcome = 'passed' | 'failed';

/**
 * Hands in the actor's own try, marks it once and, where it is passed, completes the lesson. Handed in again, it gives
 * the outcome that stands. Unanswered questions count as wrong, so there may be no more of them than the actor was told.
 * @throws not-found check.not-found, conflict check.unanswered with their `count`
 */
export function submitCheck(ctx: SignedIn, { checkId, unanswered }: SubmitCheck): Promise<Outcome> {
	return atomically(ctx, async (ctx) => {
		const check = await lockOwnCheck(ctx, checkId);
		if (check.status !== 'open') return check.status;

		const answers = await lockAnswers(ctx, checkId);
		const count = answers.filter(({ response }) => response === null).length;
		if (count > unanswered) throw conflict('check.unanswered', { values: { count } });

		const marks = answers.map(markOf);
		const correct = marks.filter(({ correct }) => correct).length;
		const outcome = correct >= check.pass ? 'passed' : 'failed';
		await keepMarks(ctx, check, marks);
		await ctx.db
			.update(masteryChecks)
			.set({ status: outcome, correct, submittedAt: ctx.now })
			.where(eq(masteryChecks.id, checkId));
		await record(ctx, `check.${outcome}`, checkId, { lessonId: check.lessonId, correct, drawn: marks.length });

		if (outcome === 'passed') await completeLesson(ctx, check);
		return outcome;
	});
}

async function lockOwnCheck({ db, actor }: SignedIn, checkId: string): Promise<Try> {
	const [check] = await db
		.select()
		.from(masteryChecks)
		.where(and(eq(masteryChecks.id, checkId), eq(masteryChecks.personId, actor.personId)))
		.for('update');
	if (!check) throw notFound('check');
	return check;
}

/** The answers as they stand once every answer that is being saved has been; none can be saved after. */
function lockAnswers({ db }: SignedIn, checkId: string) {
	return db
		.select({
			position: masteryCheckQuestions.position,
			content: questionVersions.content,
			parameters: masteryCheckQuestions.parameters,
			response: masteryCheckQuestions.response
		})
		.from(masteryCheckQuestions)
		.innerJoin(questionVersions, eq(questionVersions.id, masteryCheckQuestions.questionVersionId))
		.where(eq(masteryCheckQuestions.checkId, checkId))
		.orderBy(asc(masteryCheckQuestions.position))
		.for('update', { of: masteryCheckQuestions });
}

type Row = Awaited<ReturnType<typeof lockAnswers>>[number];
type Mark = { position: number; correct: boolean };

function markOf({ position, content, parameters, response }: Row): Mark {
	const answer = (response ?? undefined) as Answer | undefined;
	return { position, correct: scoreAnswer(content as AskedQuestion, answer, parameters ?? {}) };
}

async function keepMarks({ db }: SignedIn, { id }: Try, marks: Mark[]): Promise<void> {
	const positions = sql.param(marks.map(({ position }) => position));
	const corrects = sql.param(marks.map(({ correct }) => correct));
	await db.execute(sql`
		update ${masteryCheckQuestions} set correct = mark.correct
		from unnest(${positions}::smallint[], ${corrects}::boolean[]) as mark (position, correct)
		where check_id = ${id} and ${masteryCheckQuestions.position} = mark.position`);
}
