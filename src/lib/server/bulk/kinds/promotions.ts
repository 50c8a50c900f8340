import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { promotionRequirements } from '#db/schema/promotions.ts';
import { cancelEvent } from '../../events/cancel-event.ts';
import { planClass } from '../../events/plan-class.ts';
import { conflict } from '../../platform/errors.ts';
import { postponeItem } from '../../promotions/decide-items.ts';
import { mostAtOnce } from '#lib/schemas/bulk.ts';
import { allAtOnce, oneByOne, type HandlerOf } from '../handler.ts';
import { refusalsBy } from '../refusals.ts';

const theCase = sql`left join promotions p on p.id = t.id`;
const isOver = sql`(p.completed_at is not null or p.cancelled_at is not null or exists (select 1 from people s where s.id = p.person_id and s.status <> 'active'))`;
const openItem = sql`select 1 from promotion_requirements r left join programme_requirements asked on asked.id = r.requirement_id
	where r.promotion_id = p.id and r.completed_at is null and r.exempt_at is null`;

/** A training class for whoever has one before them. */
export const planClassForCases: HandlerOf<'plan-class'> = {
	ability: 'event:edit',
	size: mostAtOnce,
	ownToo: true,
	refusals: (ctx, ids) =>
		refusalsBy(ctx, ids, theCase, [
			[isOver, 'promotion.over'],
			[sql`not exists (${openItem} and asked.event_kind = 'training-class')`, 'bulk.no-class-left']
		]),
	act: (ctx, rows, { unitId, title }) =>
		allAtOnce(ctx, rows, async (ctx) => {
			const personIds = [...new Set(rows.map(({ personId }) => personId))];
			return { eventId: await planClass(ctx, { unitId, title, personIds, purpose: 'newly-promoted' }) };
		}),
	undo: (ctx, rows, _, { undoneBecause }) =>
		allAtOnce(ctx, rows, async (ctx) => {
			const { eventId } = rows[0]!.made as { eventId: string };
			await cancelEvent(ctx, { eventId, because: undoneBecause ?? '' });
		})
};

/** A later date for everything of a case that is open and due before it. */
export const postponeCases: HandlerOf<'postpone-case'> = {
	ability: 'promotion:edit',
	size: 25,
	refusals: (ctx, ids, { dueOn }) =>
		refusalsBy(ctx, ids, theCase, [
			[isOver, 'promotion.over'],
			[sql`not exists (${openItem})`, 'promotion.nothing-open'],
			[sql`not exists (${openItem} and r.due_on < ${dueOn}::date)`, 'promotion.not-later']
		]),
	act: (ctx, rows, { dueOn, reason }) =>
		oneByOne(ctx, rows, async (ctx, { targetId: promotionId }) => {
			const items = await ctx.db
				.select({ itemId: promotionRequirements.id })
				.from(promotionRequirements)
				.where(
					and(
						eq(promotionRequirements.promotionId, promotionId),
						isNull(promotionRequirements.completedAt),
						isNull(promotionRequirements.exemptAt),
						lt(promotionRequirements.dueOn, dueOn)
					)
				);
			if (items.length === 0) throw conflict('promotion.nothing-open');
			for (const { itemId } of items) await postponeItem(ctx, { promotionId, itemId, dueOn, reason });
		})
};
