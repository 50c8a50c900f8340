import { sql } from 'drizzle-orm';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { CaseView } from '#lib/schemas/promotions.ts';
import { demand } from '../access/scope.ts';
import { planClass } from '../events/plan-class.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { idList } from '../platform/id-list.ts';
import { getUnit } from '../units/queries.ts';
import { type CaseFilter, eachCase } from './queries.ts';

/** Who of those listed has a class of newly promoted leaders still before them. */
export async function listAwaitingClass(ctx: SignedIn, filter: CaseFilter, view: CaseView): Promise<string[]> {
	const ids: string[] = [];
	for await (const { id } of eachCase(ctx, filter, view)) ids.push(id);
	const { rows } = await ctx.db.execute<{ personId: string }>(sql`
		select distinct p.person_id as "personId" from ${promotions} p join ${promotionRequirements} r on r.promotion_id = p.id
		join programme_requirements asked on asked.id = r.requirement_id and asked.event_kind = 'training-class'
		where p.id in ${idList(ids)} and p.completed_at is null and p.cancelled_at is null and r.completed_at is null and r.exempt_at is null
			and p.person_id in (select id from people where status = 'active')`);
	return rows.map(({ personId }) => personId);
}

/**
 * Plans a training class for those of the list who have one before them; date and place are filled in on its page.
 * @returns id of the event
 * @throws conflict promotion.nobody-waits, not-found unit.not-found, forbidden access.forbidden
 */
export function planClassFor(
	ctx: SignedIn,
	{ unitId, title, filter, view }: { unitId: string; title: string; filter: CaseFilter; view: CaseView }
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		demand(ctx, 'promotion:view');
		await getUnit(ctx, unitId, 'event:edit');
		const personIds = await listAwaitingClass(ctx, filter, view);
		if (personIds.length === 0) throw conflict('promotion.nobody-waits');
		return planClass(ctx, { unitId, title, personIds, purpose: 'newly-promoted' });
	});
}
