import { getTableColumns, sql } from 'drizzle-orm';
import { practiceAnswers, practiceCards } from '#db/schema/practice.ts';
import { batchesOf } from '../platform/batches.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { type Card, reviewed } from './review-rule.ts';

/** An answer whose solution its person may see from now on. */
export type KnownAnswer = Omit<typeof practiceAnswers.$inferInsert, 'id'>;

/**
 * Keeps answers, of one person or of many, and moves the cards of spaced review by them. Part of the caller's transaction.
 * Writes no line of audit: what somebody practises is their own affair.
 */
export async function keepAnswers(ctx: Context, answers: readonly KnownAnswer[]): Promise<void> {
	for (const batch of batchesOf(answers)) {
		await ctx.db.insert(practiceAnswers).values(batch.map((answer) => ({ ...answer, id: newId() })));
		await moveCards(ctx, batch);
	}
}

async function moveCards({ db }: Context, answers: KnownAnswer[]): Promise<void> {
	const keyOf = ({ personId, questionId }: { personId: string; questionId: string }) => `${personId} ${questionId}`;
	const pairs = JSON.stringify(answers.map(({ personId, questionId }) => ({ personId, questionId })));
	const stored = await db
		.select()
		.from(practiceCards)
		.where(
			sql`(${practiceCards.personId}, ${practiceCards.questionId}) in (
				select pair."personId", pair."questionId" from json_to_recordset(${pairs}::json) as pair ("personId" uuid, "questionId" uuid))`
		)
		.for('update');

	const cards = new Map<string, Card>(stored.map((card) => [keyOf(card), card]));
	const moved = new Map<string, typeof practiceCards.$inferInsert>();
	for (const answer of answers.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
		const key = keyOf(answer);
		const before = cards.get(key) ?? null;
		const after = reviewed(before, answer);
		if (!after || after === before) continue;
		cards.set(key, after);
		moved.set(key, { ...after, personId: answer.personId, questionId: answer.questionId });
	}
	if (moved.size === 0) return;
	await db
		.insert(practiceCards)
		.values([...moved.values()])
		.onConflictDoUpdate({ target: [practiceCards.personId, practiceCards.questionId], set: incoming });
}

const { personId: _, questionId: __, ...changing } = getTableColumns(practiceCards);
const incoming = Object.fromEntries(
	Object.entries(changing).map(([name, column]) => [name, sql`excluded.${sql.identifier(column.name)}`])
);
