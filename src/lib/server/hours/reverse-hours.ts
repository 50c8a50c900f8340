import { sql } from 'drizzle-orm';
import { hourEntries } from '#db/schema/hours.ts';
import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';
import type { Grant } from './grant-hours.ts';

/**
 * Takes back what these people were granted for a source, by an entry of the same hours below nothing. Who has none of it, or no more, is passed over.
 * @param because the reason of a decision about the source, where there was one
 */
export async function reverseHours(
	ctx: Context,
	{
		personIds,
		source,
		sourceId,
		because = null
	}: Pick<Grant, 'source' | 'sourceId'> & { personIds: string[]; because?: string | null }
): Promise<void> {
	if (personIds.length === 0) return;
	const { rows: reversed } = await ctx.db.execute<{ person_id: string }>(sql`
		insert into ${hourEntries} (id, person_id, unit_id, year, category, hours, source, source_id, round, number, reverses, at, because)
		select gen_random_uuid(), e.person_id, e.unit_id, e.year, e.category, -e.hours, e.source, e.source_id, e.round, e.number, e.id, ${ctx.now}, ${because}::text
		from hour_entries e
		where e.person_id in ${idList(personIds)} and e.source = ${source} and e.source_id = ${sourceId} and e.reverses is null
			and not exists (select 1 from hour_entries r where r.reverses = e.id)
		order by e.person_id
		on conflict do nothing
		returning person_id`);
	if (reversed.length > 0) await announce(ctx, 'hours.changed', { personIds: reversed.map((row) => row.person_id) });
}
