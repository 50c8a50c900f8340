import { eq } from 'drizzle-orm';
import { accounts } from '#db/schema/sessions.ts';
import type { SignedIn } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { isPassword } from './password.ts';
import { countFailure, demandPatience, forgiveAccount } from './throttle.ts';

/**
 * Proves, before an act that is signed, that it is the actor who sits there. Not inside a transaction: a wrong password counts
 * although the act does not take place.
 * @throws invalid password.wrong (field `password`), too-many sign-in.too-soon
 */
export async function confirmPassword(ctx: SignedIn, password: string): Promise<void> {
	const { personId } = ctx.actor;
	const tried = { account: `own password of ${personId}`, address: personId, isKnown: true };
	const [account] = await ctx.db
		.select({ passwordHash: accounts.passwordHash })
		.from(accounts)
		.where(eq(accounts.personId, personId));

	await demandPatience(ctx, tried);
	if (!(await isPassword(password, account?.passwordHash ?? null))) {
		await countFailure(ctx, tried);
		throw invalid('password.wrong', { field: 'password' });
	}
	await forgiveAccount(ctx, tried);
}
