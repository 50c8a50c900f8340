import { and, eq, isNull } from 'drizzle-orm';
import { practiceCards } from '#db/schema/practice.ts';
import type { DismissQuestion } from '#lib/schemas/practice.ts';
import type { SignedIn } from '../platform/context.ts';

/**
 * Puts a question of the actor's own wrong-question book aside: it is neither listed nor reviewed until it is brought back
 * or answered wrongly again. Writes no line of audit. Done again, it changes nothing.
 */
export async function dismissQuestion({ db, actor, now }: SignedIn, { questionId }: DismissQuestion): Promise<void> {
	await db
		.update(practiceCards)
		.set({ dismissedAt: now })
		.where(and(own(actor, questionId), isNull(practiceCards.dismissedAt)));
}

/** Brings a question back that the actor has put aside. Writes no line of audit. */
export async function bringBackQuestion({ db, actor }: SignedIn, { questionId }: DismissQuestion): Promise<void> {
	await db.update(practiceCards).set({ dismissedAt: null }).where(own(actor, questionId));
}

const own = ({ personId }: SignedIn['actor'], questionId: string) =>
	and(eq(practiceCards.personId, personId), eq(practiceCards.questionId, questionId));
