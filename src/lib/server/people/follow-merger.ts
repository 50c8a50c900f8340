import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { posts } from '#db/schema/people.ts';
import type { Facts } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { applyPosts } from './apply-posts.ts';

/** When a unit goes over into another, so do the posts in it: each ends that day and goes on in the other unit. */
export async function followMerger(ctx: Context, { unitId, intoId, on }: Facts['unit.merged']): Promise<void> {
	await ctx.db
		.update(posts)
		.set({ unitId: intoId })
		.where(and(eq(posts.unitId, unitId), sql`${posts.startsOn} >= ${on}`));

	const held = await ctx.db
		.select()
		.from(posts)
		.where(and(eq(posts.unitId, unitId), lt(posts.startsOn, on), or(isNull(posts.endsOn), gt(posts.endsOn, on))));
	await applyPosts(
		ctx,
		held
			.filter(({ primary }) => primary)
			.map((post) => ({ ...post, unitId: intoId, kind: 'transfer' as const, startsOn: on, document: null }))
	);

	for (const post of held.filter(({ primary }) => !primary)) {
		await ctx.db.update(posts).set({ endsOn: on }).where(eq(posts.id, post.id));
		await ctx.db.insert(posts).values({ ...post, id: newId(), unitId: intoId, startsOn: on, createdAt: ctx.now });
	}
}

/** When a merger that lay ahead does not take place, the posts that were to begin with it go, and those before them go on. */
export async function undoMerger(
	{ db }: Context,
	{ unitId, intoId, on }: Facts['unit.merger-cancelled']
): Promise<void> {
	const { rows } = await db.execute<{ id: string; next: string; until: string | null }>(sql`
		select held.id, next.id as next, next.ends_on::text as until from ${posts} held
		join ${posts} next on next.person_id = held.person_id and next.starts_on = held.ends_on and next.unit_id = ${intoId}
			and next."primary" = held."primary" and next.title = held.title
		where held.unit_id = ${unitId} and held.ends_on = ${on}`);

	for (const { id, next, until } of rows) {
		await db.delete(posts).where(eq(posts.id, next));
		await db.update(posts).set({ endsOn: until }).where(eq(posts.id, id));
	}
}
