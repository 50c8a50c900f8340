import { accounts } from '#db/schema/sessions.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { hashPassword } from '#lib/server/sessions/password.ts';
import { aPerson, type Person } from './people.ts';

/** The password of every account that tests make. */
export const thePassword = 'seven quiet reading rooms';

let hashed: Promise<string> | undefined;

/** An account whose holder has set `thePassword`, for a new person unless one is given. `passwordHash: null` leaves it unset. */
export async function anAccount(
	ctx: Context,
	{ person, ...values }: Partial<typeof accounts.$inferInsert> & { person?: Person } = {}
): Promise<Person> {
	const holder = person ?? (await aPerson(ctx));
	const passwordHash =
		values.passwordHash === undefined ? await (hashed ??= hashPassword(thePassword)) : values.passwordHash;
	const passwordChangedAt = passwordHash === null ? null : ctx.now;
	await ctx.db
		.insert(accounts)
		.values({ createdAt: ctx.now, ...values, personId: holder.id, passwordHash, passwordChangedAt })
		.onConflictDoNothing();
	return holder;
}
