import { sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import { atomically, type Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { projectPeople } from './project-people.ts';

/** Lets posts that begin today or began before take effect. Runs every day; twice does no harm. @returns how many people */
export function applyDuePosts(ctx: Context): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const today = dateOf(ctx.now);
		const { rows } = await ctx.db.execute<{ id: string }>(sql`
			select p.id from ${people} p
			join ${posts} held on held.person_id = p.id and held."primary" and held.starts_on <= ${today} and (held.ends_on is null or held.ends_on > ${today})
			where (p.unit_id, p.title, p.leadership_level, p.rank) is distinct from (held.unit_id, held.title, held.leadership_level, held.rank)
			for update of p`);
		const ids = rows.map(({ id }) => id);
		if (ids.length > 0) await projectPeople(ctx, ids);
		return ids.length;
	});
}
