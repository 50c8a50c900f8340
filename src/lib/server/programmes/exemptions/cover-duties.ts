import { type SQL, sql } from 'drizzle-orm';
import { exemptions, obligations } from '#db/schema/programmes.ts';
import type { Facts } from '../../platform/announce.ts';
import type { Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { isLive } from '../obligation-state.ts';
import { tellUnits } from '../tell-units.ts';
import type { Exemption } from './lock-exemption.ts';

/** What can still be done and is not done: what an exemption can be from. */
const isOpen = ({ now }: Context): SQL =>
	sql`${isLive(sql`o`)} and (o.expires_on is null or o.expires_on >= ${dateOf(now)}::date)`;

/** An approved exemption covers its duty, or everything that the person has open. */
export async function coverDuties(
	ctx: Context,
	{ id, personId, obligationId }: Pick<Exemption, 'id' | 'personId' | 'obligationId'>
): Promise<void> {
	const { rows } = await ctx.db.execute<{ unitId: string; dueOn: string }>(sql`
		update ${obligations} o set exempt_at = ${ctx.now}, exemption_id = ${id}
		where o.person_id = ${personId} and ${obligationId ? sql`o.id = ${obligationId}` : sql`true`} and ${isOpen(ctx)}
		returning o.unit_id as "unitId", o.due_on::text as "dueOn"`);
	await tellUnits(ctx, rows);
}

/**
 * What comes up while somebody is exempt from everything is exempt too. Hears of every change of obligations, whoever made it, and
 * looks at the units and years that it touched; these are counted anew after it in any case.
 */
export async function coverNewDuties(ctx: Context, { units }: Facts['obligations.changed']): Promise<void> {
	const today = dateOf(ctx.now);
	await ctx.db.execute(sql`
		update ${obligations} o set exempt_at = ${ctx.now}, exemption_id = general.id
		from (select distinct on (e.person_id) e.person_id, e.id from ${exemptions} e
				where e.state = 'approved' and e.kind = 'exemption' and e.obligation_id is null and (e.until is null or e.until >= ${today}::date)
				order by e.person_id, e.until desc nulls first) general,
			json_to_recordset(${JSON.stringify(units)}::json) as touched ("unitId" uuid, year int)
		where o.person_id = general.person_id and o.unit_id = touched."unitId"
			and o.due_on >= make_date(touched.year, 1, 1) and o.due_on < make_date(touched.year + 1, 1, 1) and ${isOpen(ctx)}`);
}
