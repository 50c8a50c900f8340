import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { accounts } from '#db/schema/sessions.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { conflict, violatedConstraint } from '../platform/errors.ts';

/**
 * Gives an account a username, beside the staff number. It must be nobody else's staff number: both open the same door.
 * @throws conflict account.username-taken
 */
export function nameAccount(
	ctx: Context,
	{ personId, username }: { personId: string; username: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const numbered = await ctx.db.select({ id: people.id }).from(people).where(eq(people.staffNumber, username));
		if (numbered.some(({ id }) => id !== personId)) throw conflict('account.username-taken');

		await atomically(ctx, ({ db }) =>
			db.update(accounts).set({ username }).where(eq(accounts.personId, personId))
		).catch((error: unknown) => {
			if (violatedConstraint(error) === 'accounts_username_unique') throw conflict('account.username-taken');
			throw error;
		});
		await record(ctx, 'account.named', personId);
	});
}
