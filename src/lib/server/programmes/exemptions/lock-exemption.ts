import { eq } from 'drizzle-orm';
import { exemptions } from '#db/schema/programmes.ts';
import { demandNotOwn } from '../../access/scope.ts';
import { getPerson } from '../../people/queries.ts';
import type { Context, SignedIn } from '../../platform/context.ts';
import { forbidden, notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';

export type Exemption = typeof exemptions.$inferSelect;

/** A request with its row taken, whoever asks. @throws not-found exemption.not-found */
export async function lockExemption({ db }: Context, id: string): Promise<Exemption> {
	const [exemption] = isId(id) ? await db.select().from(exemptions).where(eq(exemptions.id, id)).for('update') : [];
	if (!exemption) throw notFound('exemption');
	return exemption;
}

/**
 * The same for somebody who decides about it: within reach, not the actor's own, and not asked for by the actor.
 * @throws not-found exemption.not-found, forbidden access.own-case | exemption.own-request
 */
export async function lockToDecide(ctx: SignedIn, id: string): Promise<Exemption & { unitPath: string }> {
	const exemption = await lockExemption(ctx, id);
	const { unitPath } = await getPerson(ctx, exemption.personId, 'exemption:decide').catch(() => {
		throw notFound('exemption');
	});
	demandNotOwn(ctx, exemption.personId);
	if (exemption.askedBy === ctx.actor.personId) throw forbidden('exemption.own-request');
	return { ...exemption, unitPath: unitPath ?? '' };
}
