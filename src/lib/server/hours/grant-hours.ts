import { sql } from 'drizzle-orm';
import { hourEntries } from '#db/schema/hours.ts';
import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { newId } from '../platform/ids.ts';

export type Grant = {
	personId: string;
	unitId: string | null;
	category: 'required' | 'elective' | 'online' | 'class';
	/** What the course or event is worth, never time measured. */
	hours: number;
	source: 'course' | 'event' | 'external';
	sourceId: string;
	/** Which round of a course; 1 unless told. */
	round?: number;
	/** Calendar year in which they count; that of now unless told. */
	year?: number;
};

/** Enters training hours into the ledger: one entry that counts per person and source, however often it is asked for. */
export const grantHours = (ctx: Context, grant: Grant): Promise<void> => grantAllHours(ctx, [grant]);

/**
 * The same for many at once. What was reversed can be entered anew, except where somebody took it back by hand.
 * Two who grant the same at the same time ask for the same number, of which the ledger takes one.
 */
export async function grantAllHours(ctx: Context, grants: Grant[]): Promise<void> {
	const rows = grants.map((grant) => ({ id: newId(), year: yearOf(ctx.now), round: 1, ...grant }));
	const { rows: granted } = await ctx.db.execute<{ person_id: string }>(sql`
		insert into ${hourEntries} (id, person_id, unit_id, year, category, hours, source, source_id, round, number, at)
		select g.id, g."personId", g."unitId", g.year, g.category, g.hours, g.source, g."sourceId", g.round, coalesce(former.number, 0) + 1, ${ctx.now}
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (id uuid, "personId" uuid, "unitId" uuid, year smallint,
			category hour_category, hours numeric, source text, "sourceId" uuid, round smallint)
		left join lateral (
			select e.number, r.id is not null and r.decided_by is null as reversed
			from hour_entries e left join hour_entries r on r.reverses = e.id
			where e.person_id = g."personId" and e.source = g.source and e.source_id = g."sourceId" and e.round = g.round and e.reverses is null
			order by e.number desc limit 1) former on true
		where former.number is null or former.reversed
		order by g."personId"
		on conflict do nothing
		returning person_id`);
	if (granted.length > 0) await announce(ctx, 'hours.changed', { personIds: granted.map((row) => row.person_id) });
}
