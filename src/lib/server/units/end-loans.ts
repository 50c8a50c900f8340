import { sql } from 'drizzle-orm';
import { grants } from '#db/schema/units.ts';
import { recordAll } from '../audit/record.ts';
import { announce, type Facts } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { idList } from '../platform/id-list.ts';

/** Who retires or leaves lends no longer, and borrows no longer. */
export async function endLoansOfLeaving(ctx: Context, { personIds }: Facts['people.left']): Promise<void> {
	const { rows } = await ctx.db.execute<{ id: string; personId: string }>(sql`
		update ${grants} set revoked_at = ${ctx.now}, revoked_by = ${ctx.actor.personId}
		where lent_by_grant_id is not null and revoked_at is null and (person_id in ${idList(personIds)}
			or lent_by_grant_id in (select own.id from ${grants} own where own.person_id in ${idList(personIds)}))
		returning id, person_id as "personId"`);
	await announce(ctx, 'role.returned', { grantIds: rows.map(({ id }) => id) });
	const on = dateOf(ctx.now);
	await recordAll(
		ctx,
		'role.loan-ended',
		rows.map(({ id, personId }) => ({ subjectId: personId, details: { grantId: id, on } }))
	);
}
