import { and, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { promotionPostponements, promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type * as schemas from '#lib/schemas/promotions.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { documents, pictures } from '../platform/files/file-type.ts';
import { keepFile, type Upload } from '../platform/files/keep-file.ts';
import { newId } from '../platform/ids.ts';
import { exemptPromotionDuty, postponePromotionDuty } from '../programmes/change-promotion-duty.ts';
import { getCase } from './queries.ts';
import { settleCases } from './settle-cases.ts';

export type Item = typeof promotionRequirements.$inferSelect;

/**
 * Exempts a newly promoted leader from what is still open of their case, on a legal qualification held or a re-appointment in the
 * same term, with the evidence. Never in one's own case.
 * @throws conflict promotion.over | promotion.nothing-open, invalid file.…, forbidden access.own-case, not-found promotion
 */
export function exemptItems(
	ctx: SignedIn,
	{ promotionId, itemIds, ground, reason }: v.InferOutput<typeof schemas.exemptItems>,
	proof: Upload
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { personId, items } = await lockItems(ctx, promotionId);
		const open = items.filter(({ id, completedAt, exemptAt }) => itemIds.includes(id) && !completedAt && !exemptAt);
		if (open.length === 0) throw conflict('promotion.nothing-open');

		const proofId = await keepFile(ctx, proof, { types: [...documents, ...pictures] });
		for (const { id, courseId, requirementId } of open) {
			await ctx.db
				.update(promotionRequirements)
				.set({
					...{ exemptAt: ctx.now, exemptBy: ctx.actor.personId },
					...{ exemptGround: ground, exemptReason: reason, exemptProofId: proofId }
				})
				.where(eq(promotionRequirements.id, id));
			await exemptPromotionDuty(ctx, { promotionId, personId, courseId, requirementId }, { ground, reason, proofId });
		}
		await settleCases(ctx, [personId]);
		await notify(ctx, [personId], {
			...{ kind: 'promotion_exempted', occasion: `${promotionId} ${ctx.now.toISOString()}`, href: '/record' },
			values: { count: open.length }
		});
		await record(ctx, 'promotion.exempted', promotionId, { personId, itemIds: open.map(({ id }) => id) });
	});
}

/**
 * Puts off the deadline of one open item; what it was before stays on record. Never in one's own case.
 * @throws conflict promotion.over | promotion.nothing-open, invalid promotion.not-later, forbidden access.own-case, not-found promotion
 */
export function postponeItem(
	ctx: SignedIn,
	{ promotionId, itemId, dueOn, reason }: v.InferOutput<typeof schemas.postponeItem>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { personId, items } = await lockItems(ctx, promotionId);
		const item = items.find(({ id }) => id === itemId);
		if (!item) throw notFound('promotion');
		if (item.completedAt || item.exemptAt) throw conflict('promotion.nothing-open');
		const { courseId, requirementId, dueOn: before } = item;
		if (dueOn <= before) throw invalid('promotion.not-later', { field: 'dueOn' });

		await ctx.db.update(promotionRequirements).set({ dueOn }).where(eq(promotionRequirements.id, itemId));
		await ctx.db.insert(promotionPostponements).values({
			...{ id: newId(), itemId, before, after: dueOn, reason },
			...{ decidedBy: ctx.actor.personId, decidedAt: ctx.now }
		});
		await postponePromotionDuty(ctx, { promotionId, personId, courseId, requirementId }, { before, after: dueOn });
		await settleCases(ctx, [personId]);
		await notify(ctx, [personId], {
			...{ kind: 'promotion_postponed', occasion: `${itemId} ${dueOn}`, href: '/today' },
			values: { dueOn }
		});
		await record(ctx, 'promotion.postponed', promotionId, { personId, itemId, before, after: dueOn });
	});
}

/** The items of an open case of somebody else within reach, taken for a decision. */
async function lockItems(ctx: SignedIn, promotionId: string): Promise<{ personId: string; items: Item[] }> {
	const { personId } = await getCase(ctx, promotionId, 'promotion:edit');
	demandNotOwn(ctx, personId);
	const [open] = await ctx.db
		.select({ id: promotions.id })
		.from(promotions)
		.where(and(eq(promotions.id, promotionId), isNull(promotions.completedAt), isNull(promotions.cancelledAt)))
		.for('update');
	if (!open) throw conflict('promotion.over');
	const items = await ctx.db
		.select()
		.from(promotionRequirements)
		.where(eq(promotionRequirements.promotionId, promotionId));
	return { personId, items };
}

export type Decision = {
	itemId: string;
	kind: 'exemption' | 'postponement';
	ground: 'legal-qualification' | 'same-term' | null;
	reason: string;
	proofId: string | null;
	before: string | null;
	after: string | null;
	by: string;
	at: string;
};

/** What was decided about the items of a case, with ground, reason and proof: for the person and for those who decide. */
export async function listDecisions({ db }: SignedIn, promotionId: string): Promise<Decision[]> {
	const { rows } = await db.execute<Decision>(sql`
		select r.id as "itemId", 'exemption' as kind, r.exempt_ground as ground, r.exempt_reason as reason, r.exempt_proof_id as "proofId",
			null as before, null as after, by.name as by, r.exempt_at::text as at
		from ${promotionRequirements} r join people by on by.id = r.exempt_by where r.promotion_id = ${promotionId} and r.exempt_at is not null
		union all
		select r.id, 'postponement', null, put.reason, null, put.before::text, put.after::text, by.name, put.decided_at::text
		from ${promotionRequirements} r join ${promotionPostponements} put on put.item_id = r.id join people by on by.id = put.decided_by
		where r.promotion_id = ${promotionId}
		order by at`);
	return rows;
}
