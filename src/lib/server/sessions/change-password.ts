import { and, eq, ne } from 'drizzle-orm';
import type * as v from 'valibot';
import { accounts, sessions } from '#db/schema/sessions.ts';
import type * as schemas from '#lib/schemas/sessions.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { digest } from '../platform/ids.ts';
import { isPassword } from './password.ts';
import { endLinks } from './replace-links.ts';
import { storePassword } from './store-password.ts';
import { countFailure, demandPatience, forgiveAccount } from './throttle.ts';

/**
 * Changes the actor's own password; ends their sessions everywhere but here, and any link that was on its way.
 * @param here the session that asks
 * @throws invalid password.wrong | password.…, too-many sign-in.too-soon
 */
export async function changePassword(
	ctx: SignedIn,
	{ currentPassword, password }: v.InferOutput<typeof schemas.changePassword>,
	here: string
): Promise<void> {
	const { personId } = ctx.actor;
	const tried = { account: `own password of ${personId}`, address: personId, isKnown: true };
	const [account] = await ctx.db
		.select({ passwordHash: accounts.passwordHash })
		.from(accounts)
		.where(eq(accounts.personId, personId));

	await demandPatience(ctx, tried);
	if (!(await isPassword(currentPassword, account?.passwordHash ?? null))) {
		await countFailure(ctx, tried);
		throw invalid('password.wrong', { field: 'currentPassword' });
	}
	await atomically(ctx, async (ctx) => {
		await storePassword(ctx, personId, password);
		await forgiveAccount(ctx, tried);
		await endLinks(ctx, [personId]);
		await ctx.db.delete(sessions).where(and(eq(sessions.personId, personId), ne(sessions.id, digest(here))));
		await record(ctx, 'password.changed', personId);
	});
}
