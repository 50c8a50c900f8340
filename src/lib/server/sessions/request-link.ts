import { and, eq, isNotNull, isNull, or } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { accounts } from '#db/schema/sessions.ts';
import type * as schemas from '#lib/schemas/sessions.ts';
import type { Context } from '../platform/context.ts';
import { enqueue } from '../platform/enqueue.ts';
import { newId } from '../platform/ids.ts';
import { countFailure, demandPatience } from './throttle.ts';

/**
 * Asks for a link by mail to a forgotten password. Whether there is such an account, and whether it has a mail address,
 * shows neither in the answer nor in its time: the mail is written by a job, and a job is queued for everybody.
 * @throws too-many sign-in.too-soon
 */
export async function requestLink(
	ctx: Context,
	{ account, address }: v.InferOutput<typeof schemas.requestLink> & { address: string }
): Promise<void> {
	const tried = { account: `forgotten ${account}`, address: `forgotten at ${address}`, isKnown: false };
	await demandPatience(ctx, tried);
	await countFailure(ctx, tried);

	const [holder] = await ctx.db
		.select({ personId: accounts.personId })
		.from(accounts)
		.innerJoin(people, eq(people.id, accounts.personId))
		.where(
			and(
				or(eq(accounts.username, account), eq(people.staffNumber, account)),
				isNull(accounts.disabledAt),
				isNotNull(people.email)
			)
		)
		.limit(1);
	await enqueue(
		ctx,
		'sessions.mail-link',
		{ personId: holder?.personId ?? null },
		{ key: `sessions.mail-link ${holder?.personId ?? newId()}` }
	);
}
