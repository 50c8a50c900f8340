import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { accounts } from '#db/schema/sessions.ts';
import type { Context } from '../platform/context.ts';
import { invalid, notFound } from '../platform/errors.ts';
import { hashPassword } from './password.ts';
import { longestPassword, passwordProblem, shortestPassword } from './password-rule.ts';

/** Keeps the hash of a person's new password. @throws invalid password.too-short | too-long | names-holder | too-common */
export async function storePassword({ db, now }: Context, personId: string, password: string): Promise<void> {
	const [holder] = await db
		.select({ name: people.name, staffNumber: people.staffNumber, username: accounts.username })
		.from(accounts)
		.innerJoin(people, eq(people.id, accounts.personId))
		.where(eq(accounts.personId, personId));
	if (!holder) throw notFound('account');

	const problem = passwordProblem(password, holder);
	if (problem)
		throw invalid(problem, { field: 'password', values: { shortest: shortestPassword, longest: longestPassword } });

	const passwordHash = await hashPassword(password);
	await db.update(accounts).set({ passwordHash, passwordChangedAt: now }).where(eq(accounts.personId, personId));
}
