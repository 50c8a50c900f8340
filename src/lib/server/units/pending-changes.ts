import { sql } from 'drizzle-orm';
import { unitPeriods, units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';

/** What has been decided for a unit from a day to come. `to` is the new name, or the name of the unit it goes to. */
export type PendingChange = {
	unitId: string;
	unit: string;
	on: CalendarDate;
	kind: 'rename' | 'move' | 'close' | 'merge';
	to: string | null;
	/** A move that is part of the merger of the unit above; it ends with that merger only. */
	along: boolean;
};

/** Changes that lie ahead of the units within reach, or of one of them, the next ones first. */
export async function listPendingChanges(ctx: Context, { unitId }: { unitId?: string } = {}): Promise<PendingChange[]> {
	const today = dateOf(ctx.now);
	const { rows } = await ctx.db.execute<PendingChange>(sql`
		with reachable as (select id, name from ${units} where ${within(ctx.actor, 'unit:view', units.path)} and ${unitId ? sql`id = ${unitId}` : sql`true`})
		select u.id as "unitId", u.name as unit, later.starts_on::text as on, change.kind, change.to,
			change.kind = 'move' and exists (select 1 from ${unitPeriods} merger
				where merger.unit_id = before.parent_id and merger.ends_on = later.starts_on and merger.closing = 'merged') as along
		from reachable u
		join ${unitPeriods} later on later.unit_id = u.id and later.starts_on > ${today}
		join ${unitPeriods} before on before.unit_id = u.id and before.ends_on = later.starts_on,
		lateral (
			select 'rename' as kind, later.name as to where later.name <> before.name
			union all
			select 'move', (select name from ${units} where id = later.parent_id) where later.parent_id is distinct from before.parent_id
		) change
		union all
		select u.id, u.name, ending.ends_on::text, case ending.closing when 'merged' then 'merge' else 'close' end,
			(select name from ${units} where id = ending.merged_into_id), false
		from reachable u join ${unitPeriods} ending on ending.unit_id = u.id and ending.closing is not null and ending.ends_on > ${today}
		order by "on", unit, kind`);
	return rows;
}
