import type { Session } from 'lucia';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { accounts, passwordLinks } from '#db/schema/sessions.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { digest } from '../platform/ids.ts';
import { normalSecret } from './link-rule.ts';
import { lucia } from './lucia.ts';
import { isPassword } from './password.ts';
import { countFailure, demandPatience, forgiveAccount, isKnownAt, rememberPlace } from './throttle.ts';

export type SignIn = { account: string; password: string; remember: boolean; address: string; userAgent: string };

/** In, or sent on to set a password: what was typed was the code of a slip. */
export type Entry = { session: Session } | { secret: string };

/**
 * Signs a person in by username or staff number. Unknown accounts, wrong passwords, ended accounts and people who have left
 * get the same answer in the same time: each costs the same queries and one argon2. A slip's code, typed where the password
 * goes, leads to setting one.
 * @throws invalid sign-in.refused | too-many sign-in.too-soon
 */
export async function signIn(
	ctx: Context,
	{ account, password, remember, address, userAgent }: SignIn
): Promise<Entry> {
	const holder = await findHolder(ctx, account);
	const isKnown = await isKnownAt(ctx, holder?.personId ?? null, address);
	const tried = { account, address, isKnown };

	await demandPatience(ctx, tried);
	const isRight = await isPassword(password, holder?.passwordHash ?? null);
	const secret = normalSecret(password);
	if (holder && holder.linkHash === digest(secret)) return { secret };
	if (!holder || !isRight) {
		await countFailure(ctx, tried);
		throw invalid('sign-in.refused');
	}

	const { personId } = holder;
	const session = await atomically({ ...ctx, actor: { ...ctx.actor, personId } }, async (ctx) => {
		await forgiveAccount(ctx, tried);
		await rememberPlace(ctx, personId, address);
		await record(ctx, 'session.started', personId);
		const attributes = { remembered: remember, createdAt: ctx.now, userAgent: userAgent.slice(0, 300), address };
		return lucia(ctx, remember ? 'remembered' : 'brief').createSession(personId, attributes);
	});
	return { session };
}

async function findHolder({ db, now }: Context, account: string) {
	const [holder] = await db
		.select({ personId: accounts.personId, passwordHash: accounts.passwordHash, linkHash: passwordLinks.secretHash })
		.from(accounts)
		.innerJoin(people, eq(people.id, accounts.personId))
		.leftJoin(
			passwordLinks,
			and(
				eq(passwordLinks.personId, accounts.personId),
				isNull(passwordLinks.usedAt),
				isNull(passwordLinks.replacedAt),
				sql`${passwordLinks.expiresAt} > ${now}`
			)
		)
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
