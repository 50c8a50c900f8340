import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type * as v from 'valibot';
import { people, posts } from '#db/schema/people.ts';
import type * as schemas from '#lib/schemas/people.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { announce } from '../platform/announce.ts';
import { atomically, type Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { findEnding } from '../units/endings.ts';
import { lockPerson } from './queries.ts';

/**
 * Takes a person off the active roster: retired, or gone elsewhere. `on` is the first day on which they no longer serve.
 * Everything they have earned stays on their record; what they still owed is withdrawn by those who hear of it.
 * @throws conflict person.not-active, invalid person.leaves-later | person.leaves-before-post
 */
export function leave(ctx: Context, { personId, status, on }: v.InferOutput<typeof schemas.leave>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const person = await lockPerson(ctx, personId, 'people:edit');
		demandNotOwn(ctx, personId);
		if (person.status !== 'active') throw conflict('person.not-active');
		if (on > dateOf(ctx.now)) throw invalid('person.leaves-later', { field: 'on' });

		const open = and(eq(posts.personId, personId), or(isNull(posts.endsOn), gt(posts.endsOn, on)));
		const held = await ctx.db.select({ startsOn: posts.startsOn }).from(posts).where(open);
		if (held.some(({ startsOn }) => startsOn >= on)) throw invalid('person.leaves-before-post', { field: 'on' });

		await ctx.db.update(posts).set({ endsOn: on }).where(open);
		await ctx.db.update(people).set({ status, leftOn: on, updatedAt: ctx.now }).where(eq(people.id, personId));
		await announce(ctx, 'people.left', { personIds: [personId], on });
		await record(ctx, 'person.left', personId, { status, on });
	});
}

/** Takes back a leaving that was entered by mistake: the posts that ended with it go on. @throws conflict person.active | person.unit-ends */
export function reinstate(ctx: Context, { personId }: v.InferOutput<typeof schemas.reinstate>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const person = await lockPerson(ctx, personId, 'people:edit');
		demandNotOwn(ctx, personId);
		if (person.status === 'active' || person.leftOn === null) throw conflict('person.active');

		const reopened = await ctx.db
			.update(posts)
			.set({ endsOn: null })
			.where(and(eq(posts.personId, personId), eq(posts.endsOn, person.leftOn)))
			.returning({ unitId: posts.unitId });
		for (const { unitId } of reopened) {
			const ending = await findEnding(ctx, unitId);
			if (ending) throw conflict('person.unit-ends', { values: { on: ending.on } });
		}
		await ctx.db
			.update(people)
			.set({ status: 'active', leftOn: null, updatedAt: ctx.now })
			.where(eq(people.id, personId));
		await announce(ctx, 'people.corrected', { personIds: [personId] });
		await record(ctx, 'person.reinstated', personId, { leftOn: person.leftOn });
	});
}
