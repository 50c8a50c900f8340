import { and, isNull, or, eq, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { accounts } from '#db/schema/sessions.ts';
import type { Context } from '../platform/context.ts';

/** The person who signs in under that username or staff number, if there is one. A username goes before a staff number. */
export async function findAccount({ db }: Context, account: string): Promise<string | undefined> {
	const [found] = await db
		.select({ personId: accounts.personId })
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
	return found?.personId;
}
