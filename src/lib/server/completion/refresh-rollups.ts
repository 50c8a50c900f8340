import { sql } from 'drizzle-orm';
import { completionDirty, completionRollups } from '#db/schema/completion.ts';
import type { Facts } from '../platform/announce.ts';
import { atomically, type Context } from '../platform/context.ts';
import { enqueue } from '../platform/enqueue.ts';

const batch = 500;

/** Notes that the figures of units are out of date, and has them refreshed within seconds. */
export async function markDirty(ctx: Context, { units }: Facts['obligations.changed']): Promise<void> {
	await ctx.db.insert(completionDirty).values(units.map((unit) => ({ ...unit, at: ctx.now })));
	await enqueue(ctx, 'completion.refresh', {}, { key: 'completion.refresh' });
}

/**
 * Rolls up the units that have been marked, from the view that defines the figures. Marks and figures change in one
 * transaction: a mark that comes in meanwhile is seen by the next run. @returns how many units and years
 */
export async function refreshRollups(ctx: Context): Promise<number> {
	let refreshed = 0;
	for (let more = true; more;) {
		const count = await atomically(ctx, refreshBatch);
		refreshed += count;
		more = count === batch;
	}
	return refreshed;
}

async function refreshBatch({ db }: Context): Promise<number> {
	const { rows } = await db.execute<{ unit_id: string; year: number }>(sql`
		with taken as (
			select unit_id, year from ${completionDirty} group by unit_id, year order by unit_id, year limit ${batch}
		)
		delete from ${completionDirty} d using taken where d.unit_id = taken.unit_id and d.year = taken.year
		returning d.unit_id, d.year`);
	const marked = [...new Map(rows.map((row) => [`${row.unit_id} ${row.year}`, row])).values()];
	if (marked.length === 0) return 0;

	const mark = sql`json_to_recordset(${JSON.stringify(marked)}::json) as mark (unit_id uuid, year smallint)`;
	await db.execute(
		sql`delete from ${completionRollups} r using ${mark} where r.unit_id = mark.unit_id and r.year = mark.year`
	);
	await db.execute(sql`
		insert into ${completionRollups} (unit_id, year, course_id, open_due_on, people, started, exempt)
		select c.unit_id, c.year, c.course_id, c.open_due_on, count(*) filter (where not c.exempt), count(*) filter (where c.started and not c.exempt), count(*) filter (where c.exempt)
		from completion_by_person c join ${mark} on mark.unit_id = c.unit_id and mark.year = c.year
		group by 1, 2, 3, 4`);
	return marked.length;
}
