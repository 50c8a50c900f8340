import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { passwordLinks, sessions } from '#db/schema/sessions.ts';
import type * as schemas from '#lib/schemas/sessions.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isLive } from './live-link.ts';
import { storePassword } from './store-password.ts';

/**
 * Sets the password of whoever holds the link, which is used up by it, and ends all of their sessions.
 * @throws not-found link.not-found, invalid password.…
 */
export function setPasswordByLink(
	ctx: Context,
	{ secret, password }: v.InferOutput<typeof schemas.setPasswordByLink>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [link] = await ctx.db
			.select({ id: passwordLinks.id, personId: passwordLinks.personId })
			.from(passwordLinks)
			.where(isLive(secret, ctx.now))
			.for('update');
		if (!link) throw notFound('link');

		const { id, personId } = link;
		await storePassword(ctx, personId, password);
		await ctx.db.update(passwordLinks).set({ usedAt: ctx.now }).where(eq(passwordLinks.id, id));
		await ctx.db.delete(sessions).where(eq(sessions.personId, personId));
		await record({ ...ctx, actor: { ...ctx.actor, personId } }, 'password.set', personId, { linkId: id });
	});
}
