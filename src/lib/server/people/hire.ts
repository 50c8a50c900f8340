import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import type * as schemas from '#lib/schemas/people.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { conflict, violatedConstraint } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { openAccount } from '../sessions/open-account.ts';
import { demandRoomFor } from '../units/endings.ts';
import { getUnit } from '../units/queries.ts';
import { applyPosts } from './apply-posts.ts';
import { followMerger } from './follow-merger.ts';
import { readingOf } from './name-reading.ts';

/**
 * Puts a person on the roster with a first post and an account that has no password yet.
 * @returns the person's id
 * @throws conflict person.staff-number-taken | unit.closes, not-found unit.not-found
 */
export function hire(
	ctx: Context,
	{ staffNumber, name, email, joinedOn, establishment, ...post }: v.InferOutput<typeof schemas.hire>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const unit = await getUnit(ctx, post.unitId, 'people:edit');
		const merger = await demandRoomFor(ctx, unit.id, post.startsOn);

		const id = newId();
		const row = {
			id,
			staffNumber,
			name,
			...readingOf(name),
			email,
			joinedOn: joinedOn ?? post.startsOn,
			establishment,
			createdAt: ctx.now,
			updatedAt: ctx.now
		};
		await atomically(ctx, ({ db }) => db.insert(people).values({ ...row, unitId: unit.id })).catch(refuseTakenNumber);
		await openAccount(ctx, id);
		await applyPosts(ctx, [{ ...post, personId: id, kind: 'initial' }]);
		if (merger?.mergedIntoId) await followMerger(ctx, { unitId: unit.id, intoId: merger.mergedIntoId, on: merger.on });
		await record(ctx, 'person.hired', id, { unitId: unit.id, startsOn: post.startsOn });
		return id;
	});
}

/** Turns the database's refusal of a second person with one staff number into ours. */
export function refuseTakenNumber(error: unknown): never {
	if (violatedConstraint(error) === 'people_staff_number_unique')
		throw conflict('person.staff-number-taken', { field: 'staffNumber' });
	throw error;
}
