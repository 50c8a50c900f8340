import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { posts } from '#db/schema/people.ts';
import type * as schemas from '#lib/schemas/people.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { lockPerson } from './queries.ts';

/**
 * Ends a post that stands beside the primary one. A primary post ends with the next one, or with leaving.
 * @throws conflict post.is-primary | post.ended, invalid post.ends-before
 */
export function endPost(ctx: Context, { postId, endsOn }: v.InferOutput<typeof schemas.endPost>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [post] = await ctx.db.select().from(posts).where(eq(posts.id, postId));
		if (!post) throw notFound('post');
		await lockPerson(ctx, post.personId, 'people:edit');
		demandNotOwn(ctx, post.personId);
		if (post.primary) throw conflict('post.is-primary');
		if (post.endsOn !== null) throw conflict('post.ended');
		if (endsOn <= post.startsOn) throw invalid('post.ends-before', { field: 'endsOn' });

		await ctx.db.update(posts).set({ endsOn }).where(eq(posts.id, postId));
		await record(ctx, 'post.ended', post.personId, { postId, endsOn });
	});
}
