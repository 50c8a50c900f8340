import type * as v from 'valibot';
import { posts } from '#db/schema/people.ts';
import { type PostKind, sideKinds } from '#lib/schemas/people.ts';
import type * as schemas from '#lib/schemas/people.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { demandRoomFor } from '../units/endings.ts';
import { getUnit } from '../units/queries.ts';
import { applyPosts } from './apply-posts.ts';
import { followMerger } from './follow-merger.ts';
import { lockPerson } from './queries.ts';

/**
 * Gives a person another post from a date on. A promotion, a transfer or a re-appointment takes the place of the primary post; a secondment, an
 * acting or a concurrent post stands beside it. Both units must be within the actor's reach, and nobody appoints themselves.
 * @throws conflict post.same-day | person.not-active | unit.closes, forbidden access.own-case
 */
export function appoint(
	ctx: Context,
	{ personId, kind, ...post }: v.InferOutput<typeof schemas.appoint>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const person = await lockPerson(ctx, personId, 'people:edit');
		demandNotOwn(ctx, personId);
		if (person.status !== 'active') throw conflict('person.not-active');
		const unit = await getUnit(ctx, post.unitId, 'people:edit');
		const merger = await demandRoomFor(ctx, unit.id, post.startsOn);

		if (isBeside(kind))
			await ctx.db.insert(posts).values({ id: newId(), personId, kind, primary: false, createdAt: ctx.now, ...post });
		else await applyPosts(ctx, [{ ...post, personId, kind }]);
		if (merger?.mergedIntoId) await followMerger(ctx, { unitId: unit.id, intoId: merger.mergedIntoId, on: merger.on });
		await record(ctx, 'person.appointed', personId, { kind, unitId: unit.id, startsOn: post.startsOn });
	});
}

/** Whether a post of this kind stands beside the primary one. */
export const isBeside = (kind: PostKind): boolean => sideKinds.includes(kind);
