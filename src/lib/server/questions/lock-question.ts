import { asc, eq, or, sql } from 'drizzle-orm';
import { questionDrafts, questions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import type { Ability } from '../access/abilities.ts';
import { demandWithin } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';

export type QuestionRow = typeof questions.$inferSelect;
export type DraftRow = typeof questionDrafts.$inferSelect;

/** A question with everything that is decided together with it: a case comes with its questions. */
export interface LockedQuestion {
	question: QuestionRow;
	unitPath: string;
	draft: DraftRow | null;
	/** Questions of a case in order, archived ones too; none for any other question. */
	parts: QuestionRow[];
	/** Drafts of the question and its parts, by question. */
	drafts: ReadonlyMap<string, DraftRow>;
}

/**
 * Takes a question of the bank for a change. One of a case leads to the case: they are written and reviewed together.
 * @throws not-found question.not-found, conflict question.of-course
 */
export async function lockQuestion(ctx: Context, questionId: string, ability: Ability): Promise<LockedQuestion> {
	if (!isId(questionId)) throw notFound('question');
	const whole = sql`(select coalesce(case_id, id) from questions where id = ${questionId})`;
	const rows = await ctx.db
		.select({ question: questions, unitPath: units.path })
		.from(questions)
		.leftJoin(units, eq(units.id, questions.unitId))
		.where(or(eq(questions.id, whole), eq(questions.caseId, whole)))
		.orderBy(asc(questions.position), asc(questions.code))
		.for('update', { of: questions });
	const found = rows.find(({ question }) => question.caseId === null);
	if (found?.question.courseId) throw conflict('question.of-course');
	demandWithin(ctx, ability, found?.unitPath, 'question');

	const question = found!.question;
	const own = await ctx.db
		.select({ draft: questionDrafts })
		.from(questionDrafts)
		.innerJoin(questions, eq(questions.id, questionDrafts.questionId))
		.where(or(eq(questions.id, question.id), eq(questions.caseId, question.id)));
	const drafts = new Map(own.map(({ draft }) => [draft.questionId, draft]));
	return {
		question,
		unitPath: found!.unitPath ?? '',
		draft: drafts.get(question.id) ?? null,
		parts: rows.flatMap(({ question: each }) => (each.id === question.id ? [] : [each])),
		drafts
	};
}

/** The draft of a locked question. @throws conflict draft.none */
export function demandDraft({ draft }: LockedQuestion): DraftRow {
	if (!draft) throw conflict('draft.none');
	return draft;
}
