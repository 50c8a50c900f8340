import { sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';

type Moved = { personId: string; fromUnitId: string | null; toUnitId: string | null };

/**
 * Brings unit, title, level and rank of people in line with the primary post that holds today, and tells whom that changed and who has moved.
 * Who has no post today keeps the last ones: a person who has left is still found where they were.
 */
export async function projectPeople(ctx: Context, personIds: string[]): Promise<void> {
	const today = dateOf(ctx.now);
	const { rows } = await ctx.db.execute<Moved>(sql`
		update ${people} p
		set unit_id = held.unit_id, title = held.title, leadership_level = held.leadership_level, rank = held.rank, updated_at = ${ctx.now}
		from (
			select distinct on (person_id) person_id, unit_id, title, leadership_level, rank
			from ${posts}
			where person_id in (select value::uuid from json_array_elements_text(${JSON.stringify(personIds)}::json)) and "primary" and starts_on <= ${today}
			order by person_id, starts_on desc
		) held, ${people} before
		where p.id = held.person_id and before.id = p.id
			and (p.unit_id, p.title, p.leadership_level, p.rank) is distinct from (held.unit_id, held.title, held.leadership_level, held.rank)
		returning p.id as "personId", before.unit_id as "fromUnitId", p.unit_id as "toUnitId"`);

	if (rows.length > 0) await announce(ctx, 'people.corrected', { personIds: rows.map(({ personId }) => personId) });
	const moved = rows.filter(({ fromUnitId, toUnitId }) => fromUnitId !== toUnitId);
	if (moved.length > 0) await announce(ctx, 'people.moved', { people: moved });
}
