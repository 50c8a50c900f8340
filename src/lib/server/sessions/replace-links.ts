import { and, inArray, isNull } from 'drizzle-orm';
import { accounts, passwordLinks } from '#db/schema/sessions.ts';
import { recordAll } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { digest, newId, newSecret } from '../platform/ids.ts';
import { expiryOf, type Medium, secretLength } from './link-rule.ts';
import { openAccounts } from './open-account.ts';

export type IssuedLink = { personId: string; secret: string; expiresAt: Date };

/**
 * Makes a link for each of these people, which takes the place of the one they had. Who may is decided by the callers.
 * The secrets are returned this once: only their SHA-256 is kept.
 */
export function replaceLinks(ctx: Context, personIds: string[], medium: Medium): Promise<IssuedLink[]> {
	return atomically(ctx, async (ctx) => {
		await openAccounts(ctx, personIds);
		await ctx.db
			.select({ id: accounts.personId })
			.from(accounts)
			.where(inArray(accounts.personId, personIds))
			.orderBy(accounts.personId)
			.for('update');
		await endLinks(ctx, personIds);

		const expiresAt = expiryOf(medium, ctx.now);
		const links = personIds.map((personId) => ({
			id: newId(),
			personId,
			secret: newSecret(secretLength(medium)),
			expiresAt
		}));
		const made = { medium, createdBy: ctx.actor.personId, createdAt: ctx.now, expiresAt };
		for (let from = 0; from < links.length; from += 1_000) {
			await ctx.db
				.insert(passwordLinks)
				.values(
					links
						.slice(from, from + 1_000)
						.map(({ id, personId, secret }) => ({ ...made, id, personId, secretHash: digest(secret) }))
				);
		}
		await recordAll(
			ctx,
			'link.issued',
			links.map(({ id, personId }) => ({ subjectId: personId, details: { linkId: id, medium } }))
		);
		return links.map(({ personId, secret, expiresAt }) => ({ personId, secret, expiresAt }));
	});
}

/** Ends the links of these people that could still be used. */
export async function endLinks({ db, now }: Context, personIds: string[]): Promise<void> {
	await db
		.update(passwordLinks)
		.set({ replacedAt: now })
		.where(
			and(inArray(passwordLinks.personId, personIds), isNull(passwordLinks.usedAt), isNull(passwordLinks.replacedAt))
		);
}
