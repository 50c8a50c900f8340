import type { Session } from 'lucia';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { accounts } from '#db/schema/sessions.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { lucia } from './lucia.ts';
import { isPassword } from './password.ts';
import { countFailure, demandPatience, forgiveAccount, isKnownAt } from './throttle.ts';

export type SignIn = { account: string; password: string; remember: boolean; address: string; userAgent: string };

/**
 * Signs a person in by username or staff number. Unknown accounts, wrong passwords, ended accounts and people who have left
 * get the same answer in the same time.
 * @throws invalid sign-in.refused | too-many sign-in.too-soon
 */
export async function signIn(
	ctx: Context,
	{ account, password, remember, address, userAgent }: SignIn
): Promise<Session> {
	const holder = await findHolder(ctx, account);
	const tried = { account, address, knownHere: holder ? await isKnownAt(ctx, holder.personId, address) : false };

	await demandPatience(ctx, tried);
	const right = await isPassword(password, holder?.passwordHash ?? null);
	if (!holder || !right) {
		await countFailure(ctx, tried);
		throw invalid('sign-in.refused');
	}

	return atomically({ ...ctx, actor: { ...ctx.actor, personId: holder.personId } }, async (ctx) => {
		await forgiveAccount(ctx, tried);
		await record(ctx, 'session.started', holder.personId);
		const attributes = { remembered: remember, createdAt: ctx.now, userAgent: userAgent.slice(0, 300), address };
		return lucia(ctx, remember ? 'remembered' : 'brief').createSession(holder.personId, attributes);
	});
}

async function findHolder({ db }: Context, account: string) {
	const [holder] = await db
		.select({ personId: accounts.personId, passwordHash: accounts.passwordHash })
		.from(accounts)
		.innerJoin(people, eq(people.id, accounts.personId))
		.where(
			and(
				or(eq(accounts.username, account), eq(people.staffNumber, account)),
				isNull(accounts.disabledAt),
				sql`${people.status} <> 'left'`
			)
		)
		.orderBy(sql`${accounts.username} = ${account} desc nulls last`)
		.limit(1);
	return holder;
}
