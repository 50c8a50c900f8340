import { sql } from 'drizzle-orm';
import { questionDrafts, questions } from '#db/schema/questions.ts';
import type { SignedIn } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { SmallContent } from './content/parse-questions.ts';
import { articleIdsOf, type CaseDraft } from './wording.ts';

/** A new row of the bank, with the next code. */
export async function insertQuestion(
	ctx: SignedIn,
	values: Omit<typeof questions.$inferInsert, 'id' | 'code' | 'state' | 'createdAt'>
): Promise<{ id: string; code: string }> {
	const [row] = await ctx.db
		.insert(questions)
		.values({
			...values,
			id: newId(),
			code: sql`'q-' || lpad(nextval('question_codes')::text, 6, '0')`,
			state: 'unpublished',
			createdAt: ctx.now
		})
		.returning({ id: questions.id, code: questions.code });
	return row!;
}

/** Keeps a wording as the draft of a question; what was there before is written over. */
export async function writeDraft(
	ctx: SignedIn,
	{ id, code }: { id: string; code: string },
	content: SmallContent
): Promise<void> {
	const articleIds = await articleIdsOf(ctx, content.articles);
	await put(ctx, id, { difficulty: content.difficulty, content: { ...content, id: code }, articleIds });
}

/** Keeps the situation of a case as its draft, with the questions that it has from now on. */
export async function writeCaseDraft(
	ctx: SignedIn,
	id: string,
	content: CaseDraft,
	questions: SmallContent[]
): Promise<void> {
	const difficulty = Math.max(...questions.map(({ difficulty }) => difficulty));
	const articleIds = await articleIdsOf(ctx, [...new Set(questions.flatMap(({ articles }) => articles))]);
	await put(ctx, id, { difficulty, content, articleIds });
}

type Values = Pick<typeof questionDrafts.$inferInsert, 'difficulty' | 'content' | 'articleIds'>;

async function put({ db, actor, now }: SignedIn, questionId: string, values: Values): Promise<void> {
	const row = {
		...values,
		state: 'draft' as const,
		updatedAt: now,
		submittedAt: null,
		returnedBecause: null,
		returnedBy: null
	};
	await db
		.insert(questionDrafts)
		.values({ ...row, questionId, authorId: actor.personId })
		.onConflictDoUpdate({ target: questionDrafts.questionId, set: row });
}
