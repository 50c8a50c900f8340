import { asc, eq, and, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { getPerson } from '../../people/queries.ts';
import type { SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { isLive } from '../obligation-state.ts';
import { whatIsAsked } from '../what-is-asked.ts';

/**
 * For whom, and from what, the actor may ask somebody to be exempt: themselves, or a person to whom they may assign training.
 * @param personId null for oneself @throws not-found person.not-found
 */
export async function readAskable(ctx: SignedIn, personId: string | null) {
	if (personId !== null && !isId(personId)) throw notFound('person');
	const isOwn = personId === null || personId === ctx.actor.personId;
	const person = isOwn ? await getName(ctx) : await getPerson(ctx, personId, 'training:assign');
	const duties = await ctx.db
		.select({ id: obligations.id, asked: whatIsAsked(sql`${obligations}`), dueOn: obligations.dueOn })
		.from(obligations)
		.where(
			and(
				eq(obligations.personId, person.id),
				isLive(sql`${obligations}`),
				sql`(${obligations.expiresOn} is null or ${obligations.expiresOn} >= ${dateOf(ctx.now)})`
			)
		)
		.orderBy(asc(obligations.dueOn), asc(obligations.id));
	return { person: { id: person.id, name: person.name }, isOwn, duties };
}

async function getName({ db, actor }: SignedIn) {
	const [self] = await db
		.select({ id: people.id, name: people.name })
		.from(people)
		.where(eq(people.id, actor.personId));
	if (!self) throw notFound('person');
	return self;
}
