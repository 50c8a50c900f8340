import { eq, inArray, or, sql } from 'drizzle-orm';
import { questions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import type { QuestionReach, QuestionUse } from '#lib/schemas/questions.ts';
import type { Ability } from '../access/abilities.ts';
import { demand, within } from '../access/scope.ts';
import { recordAll } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';

/** Adds tags to questions and takes others from them. Gives how many were changed. @throws not-found question.not-found */
export function tagQuestions(
	ctx: SignedIn,
	{ questionIds, add, remove = [] }: { questionIds: string[]; add: string[]; remove?: string[] }
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const rows = await lockAll(ctx, questionIds, 'question:edit');
		const changed = rows
			.map(({ id, tags }) => ({
				id,
				before: tags,
				tags: [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag))
			}))
			.filter(({ before, tags }) => before.join('\n') !== tags.join('\n'));
		for (const { id, tags } of changed)
			await ctx.db
				.update(questions)
				.set({ tags })
				.where(withParts([id]));
		await recordAll(
			ctx,
			'question.tagged',
			changed.map(({ id }) => ({ subjectId: id }))
		);
		return changed.length;
	});
}

/** Says what questions may be drawn for. Gives how many were changed. @throws not-found question.not-found */
export function setUse(
	ctx: SignedIn,
	{ questionIds, use }: { questionIds: string[]; use: QuestionUse }
): Promise<number> {
	return change(ctx, questionIds, `question.use-set`, { use }, ({ use: before }) => before !== use);
}

/** Lets exams of the units below draw questions, or no longer. Gives how many were changed. @throws not-found question.not-found */
export function setReach(
	ctx: SignedIn,
	{ questionIds, reach }: { questionIds: string[]; reach: QuestionReach }
): Promise<number> {
	const shared = reach === 'below';
	return change(ctx, questionIds, 'question.reach-set', { shared }, ({ shared: before }) => before !== shared);
}

/** Takes published questions out of use; what was asked stays. Gives how many were. @throws not-found question.not-found */
export function retireQuestions(ctx: SignedIn, { questionIds }: { questionIds: string[] }): Promise<number> {
	return change(ctx, questionIds, 'question.retired', { state: 'retired' }, ({ state }) => state === 'published');
}

/** Takes one question out of use. */
export const retireQuestion = (ctx: SignedIn, { questionId }: { questionId: string }): Promise<number> =>
	retireQuestions(ctx, { questionIds: [questionId] });

/** Puts a retired question back into use, as it was last worded. @throws not-found question.not-found */
export function restoreQuestion(ctx: SignedIn, { questionId }: { questionId: string }): Promise<number> {
	return change(ctx, [questionId], 'question.restored', { state: 'published' }, ({ state }) => state === 'retired');
}

type Row = typeof questions.$inferSelect;

function change(
	ctx: SignedIn,
	questionIds: string[],
	action: string,
	set: Partial<Pick<Row, 'use' | 'shared' | 'state'>>,
	isDue: (row: Row) => boolean
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const due = (await lockAll(ctx, questionIds, 'question:review')).filter(isDue);
		if (due.length === 0) return 0;
		const ids = due.map(({ id }) => id);
		const parts = set.state
			? sql`(${questions.id} = any(${sql.param(ids)}::uuid[]) or (${questions.caseId} = any(${sql.param(ids)}::uuid[]) and ${questions.state} <> 'unpublished'))`
			: withParts(ids);
		await ctx.db.update(questions).set(set).where(parts);
		const { state: _, ...details } = set;
		await recordAll(
			ctx,
			action,
			ids.map((subjectId) => ({ subjectId, details }))
		);
		return due.length;
	});
}

const withParts = (ids: string[]) => or(inArray(questions.id, ids), inArray(questions.caseId, ids))!;

/** The questions of the bank among the actor's; one out of reach, of a course or within a case is not there. */
async function lockAll(ctx: Context, questionIds: string[], ability: Ability): Promise<Row[]> {
	demand(ctx, ability);
	const wanted = [...new Set(questionIds)];
	if (wanted.length === 0) return [];
	const rows = await ctx.db
		.select({ question: questions })
		.from(questions)
		.innerJoin(units, eq(units.id, questions.unitId))
		.where(
			sql`${inArray(questions.id, wanted)} and ${questions.caseId} is null and ${questions.archivedAt} is null and ${within(ctx.actor, ability, units.path)}`
		)
		.orderBy(questions.id)
		.for('update', { of: questions });
	if (rows.length < wanted.length) throw notFound('question');
	return rows.map(({ question }) => question);
}
