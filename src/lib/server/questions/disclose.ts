import { and, inArray, isNull } from 'drizzle-orm';
import { questions } from '#db/schema/questions.ts';
import type { Context } from '../platform/context.ts';

/**
 * Remembers that questions were shown with their explanation: none of them is drawn for a closed-book exam any more.
 * Called by whoever shows it to a learner; only the first time counts.
 */
export async function disclose({ db, now }: Context, questionIds: readonly string[]): Promise<void> {
	if (questionIds.length === 0) return;
	await db
		.update(questions)
		.set({ disclosedAt: now })
		.where(and(inArray(questions.id, [...questionIds]), isNull(questions.disclosedAt)));
}
