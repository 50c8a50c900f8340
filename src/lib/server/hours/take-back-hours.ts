import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { hourEntries } from '#db/schema/hours.ts';
import type * as schemas from '#lib/schemas/hours.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { getPerson } from '../people/queries.ts';
import { announce } from '../platform/announce.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';

type Input = v.InferOutput<typeof schemas.takeBackHours>;
type Entry = typeof hourEntries.$inferSelect;

/**
 * Takes back an entry of somebody else's ledger, with a reason that they read. Its source grants it no more; `giveBackHours` does.
 * @throws not-found hours.not-found, forbidden access.own-case, conflict hours.taken-back
 */
export function takeBackHours(ctx: SignedIn, { entryId, because }: Input): Promise<void> {
	return decide(ctx, entryId, 'hours.taken-back', because, (entry) => {
		if (entry.reverses !== null) throw conflict('hours.taken-back');
		return { ...entry, hours: -entry.hours, reverses: entry.id };
	});
}

/**
 * Gives back what was taken back by hand, with a reason: the reversal stays in the ledger, and a new entry follows it.
 * @throws not-found hours.not-found, forbidden access.own-case, conflict hours.given-back
 */
export function giveBackHours(ctx: SignedIn, { entryId, because }: Input): Promise<void> {
	return decide(ctx, entryId, 'hours.given-back', because, (entry) => {
		if (entry.reverses === null || entry.decidedBy === null) throw conflict('hours.given-back');
		return { ...entry, hours: -entry.hours, reverses: null, number: entry.number + 1 };
	});
}

function decide(
	ctx: SignedIn,
	entryId: string,
	action: 'hours.taken-back' | 'hours.given-back',
	because: string,
	follow: (entry: Entry) => Entry
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [entry] = await ctx.db.select().from(hourEntries).where(eq(hourEntries.id, entryId));
		if (!entry) throw notFound('hours');
		await getPerson(ctx, entry.personId, 'hours:confirm').catch(() => {
			throw notFound('hours');
		});
		demandNotOwn(ctx, entry.personId);
		const { personId } = entry;
		const follower = { ...follow(entry), id: newId(), at: ctx.now, because, decidedBy: ctx.actor.personId };
		// Two who decide the same at once write the same entry, of which the ledger takes one.
		const [written] = await ctx.db
			.insert(hourEntries)
			.values(follower)
			.onConflictDoNothing()
			.returning({ id: hourEntries.id });
		if (!written) throw conflict(action);
		await record(ctx, action, entryId, { personId, hours: follower.hours });
		await announce(ctx, 'hours.changed', { personIds: [personId] });
	});
}
