import { sql } from 'drizzle-orm';
import { unitPeriods, units } from '#db/schema/units.ts';
import { atomically, type Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { project } from './periods.ts';

/** Lets names, places and closings that were decided for today or before take effect. Runs every day; twice does no harm. */
export function applyDueChanges(ctx: Context): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const today = dateOf(ctx.now);
		const { rows } = await ctx.db.execute<{ id: string }>(sql`
			select u.id from ${units} u
			join ${unitPeriods} p on p.unit_id = u.id and p.starts_on <= ${today} and (p.ends_on is null or p.ends_on > ${today})
			where u.name <> p.name or u.parent_id is distinct from p.parent_id
			union
			select u.id from ${units} u
			join ${unitPeriods} p on p.unit_id = u.id and p.closing is not null and p.ends_on <= ${today}
			where u.closed_on is null`);
		const ids = rows.map(({ id }) => id);
		if (ids.length > 0) await project(ctx, ids);
		return ids.length;
	});
}
