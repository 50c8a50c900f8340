import { asc, desc, eq, sql } from 'drizzle-orm';
import { posts } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { can } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';

/** Whether a post lies ahead, is held today, or is over. */
export type PostTime = 'ahead' | 'held' | 'past';

/**
 * Every post of a person, the latest first, primary ones before those beside them. The caller has looked the person up within
 * reach. `unit` is what the unit was called when the post began; `reachable` whether the actor may open it.
 */
export async function listPosts({ db, actor, now }: Context, personId: string) {
	const today = dateOf(now);
	const rows = await db
		.select({
			post: posts,
			path: units.path,
			unit: sql<string>`coalesce((select p.name from unit_periods p where p.unit_id = ${posts.unitId} and p.starts_on <= ${posts.startsOn}
				order by p.starts_on desc limit 1), ${units.name})`
		})
		.from(posts)
		.innerJoin(units, eq(units.id, posts.unitId))
		.where(eq(posts.personId, personId))
		.orderBy(desc(posts.startsOn), desc(posts.primary), asc(posts.id));

	return rows.map(({ post, path, unit }) => ({
		...post,
		unit,
		reachable: can(actor, 'unit:view', path),
		time: timeOf(post, today)
	}));
}

export type PostHeld = Awaited<ReturnType<typeof listPosts>>[number];

function timeOf({ startsOn, endsOn }: { startsOn: string; endsOn: string | null }, today: string): PostTime {
	if (startsOn > today) return 'ahead';
	return endsOn === null || endsOn > today ? 'held' : 'past';
}
