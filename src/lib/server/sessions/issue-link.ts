import { eq } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { demandNotOwn, demandWithin } from '../access/scope.ts';
import { atomically, type Context } from '../platform/context.ts';
import { conflict, forbidden, notFound } from '../platform/errors.ts';
import { listBeyondReach } from '../units/beyond-reach.ts';
import type { Medium } from './link-rule.ts';
import { replaceLinks } from './replace-links.ts';

/**
 * Issues a link with which somebody else sets a password; the one they had ends. Not for whoever holds a role that the
 * actor lacks: a link is a way to act as them.
 * @returns the secret, which cannot be read again
 * @throws not-found person.not-found, forbidden access.own-case | access.beyond-own, conflict account.left
 */
export function issueLink(ctx: Context, { personId, medium }: { personId: string; medium: Medium }): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const [person] = await ctx.db
			.select({ status: people.status, path: units.path })
			.from(people)
			.leftJoin(units, eq(units.id, people.unitId))
			.where(eq(people.id, personId));
		demandWithin(ctx, 'account:issue', person?.path, 'person');
		demandNotOwn(ctx, personId);
		if ((await listBeyondReach(ctx, [personId])).size > 0) throw forbidden('access.beyond-own');
		if (person?.status === 'left') throw conflict('account.left');

		const [link] = await replaceLinks(ctx, [personId], medium);
		if (!link) throw notFound('person');
		return link.secret;
	});
}
