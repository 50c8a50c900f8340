import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import type * as schemas from '#lib/schemas/people.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { announce } from '../platform/announce.ts';
import { atomically, type Context } from '../platform/context.ts';
import { forbidden } from '../platform/errors.ts';
import { listBeyondReach } from '../units/beyond-reach.ts';
import { refuseTakenNumber } from './hire.ts';
import { readingOf } from './name-reading.ts';
import { lockPerson } from './queries.ts';

/**
 * Corrects what the roster says of a person: name, staff number, mail address, date of joining, 编制. The mail address receives
 * links to a forgotten password, so it is not changed by whoever lacks a role that the person holds.
 * @throws conflict person.staff-number-taken, forbidden access.own-case | access.beyond-own
 */
export function correctPerson(
	ctx: Context,
	{ personId, ...details }: v.InferOutput<typeof schemas.correctPerson>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const before = await lockPerson(ctx, personId, 'people:edit');
		demandNotOwn(ctx, personId);
		const isReadressed = before.email?.toLowerCase() !== details.email?.toLowerCase();
		if (isReadressed && (await listBeyondReach(ctx, [personId])).size > 0) throw forbidden('access.beyond-own');

		await atomically(ctx, ({ db }) =>
			db
				.update(people)
				.set({ ...details, ...readingOf(details.name), updatedAt: ctx.now })
				.where(eq(people.id, personId))
		).catch(refuseTakenNumber);
		const fields = (['staffNumber', 'name', 'email', 'joinedOn', 'establishment'] as const).filter(
			(field) => before[field] !== details[field]
		);
		await announce(ctx, 'people.corrected', { personIds: [personId] });
		await record(ctx, 'person.corrected', personId, { fields });
	});
}
