import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { exemptions } from '#db/schema/programmes.ts';
import type * as schemas from '#lib/schemas/exemptions.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { lockExemption } from './lock-exemption.ts';

/** Takes a request back before it is decided: the person it is for, or who asked. @throws not-found exemption, conflict exemption.decided */
export function withdrawRequest(
	ctx: SignedIn,
	{ exemptionId }: v.InferOutput<typeof schemas.theExemption>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { personId, askedBy, state } = await lockExemption(ctx, exemptionId);
		if (![personId, askedBy].includes(ctx.actor.personId)) throw notFound('exemption');
		if (state !== 'asked') throw conflict('exemption.decided');
		await ctx.db.update(exemptions).set({ state: 'withdrawn' }).where(eq(exemptions.id, exemptionId));
		await record(ctx, 'exemption.withdrawn', exemptionId);
	});
}
