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
