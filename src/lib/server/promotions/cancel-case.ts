import { and, eq, isNull } from 'drizzle-orm';
import type * as v from 'valibot';
import { promotions } from '#db/schema/promotions.ts';
import type * as schemas from '#lib/schemas/promotions.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { releaseDuties } from '../programmes/release-duties.ts';
import { getCase } from './queries.ts';

/**
 * Ends an open case that should not be there: the promotion was recorded by mistake or revoked. Its duties are withdrawn
 * with the reason; what has been learnt stays. Never one's own.
 * @throws conflict promotion.over, forbidden access.own-case, not-found promotion
 */
export function cancelCase(
	ctx: Context,
	{ promotionId, because }: v.InferOutput<typeof schemas.cancelCase>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { personId } = await getCase(ctx, promotionId, 'promotion:edit');
		demandNotOwn(ctx, personId);
		const cancelled = await ctx.db
			.update(promotions)
			.set({ cancelledAt: ctx.now, cancelledBecause: because })
			.where(and(eq(promotions.id, promotionId), isNull(promotions.completedAt), isNull(promotions.cancelledAt)))
			.returning({ id: promotions.id });
		if (cancelled.length === 0) throw conflict('promotion.over');

		await releaseDuties(ctx, promotionId, because);
		await record(ctx, 'promotion.cancelled', promotionId, { personId });
	});
}
