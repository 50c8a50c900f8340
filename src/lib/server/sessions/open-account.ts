import { accounts } from '#db/schema/sessions.ts';
import type { Context } from '../platform/context.ts';

/** Gives people a way in. There is no password until the holder has set one through a link or a slip. */
export async function openAccounts({ db, now }: Context, personIds: string[]): Promise<void> {
	for (let from = 0; from < personIds.length; from += 5_000) {
		const rows = personIds.slice(from, from + 5_000).map((personId) => ({ personId, createdAt: now }));
		await db.insert(accounts).values(rows).onConflictDoNothing();
	}
}

/** The same for one person. */
export const openAccount = (ctx: Context, personId: string): Promise<void> => openAccounts(ctx, [personId]);
