import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { recordCorrections } from '#db/schema/records.ts';
import type * as schemas from '#lib/schemas/records.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { nearestHolders } from '../units/nearest-holders.ts';
import { getCorrection } from './queries.ts';

/** More than these wait for nobody's good. */
const mostOpen = 20;

/**
 * Asks for a correction of the actor's own record; the HR office nearest to their unit is told. @returns its id
 * @throws conflict correction.too-many-open
 */
export function askCorrection(ctx: SignedIn, input: v.InferOutput<typeof schemas.askCorrection>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { personId, unitPath } = ctx.actor;
		const own = and(eq(recordCorrections.personId, personId), eq(recordCorrections.state, 'asked'));
		if ((await ctx.db.$count(recordCorrections, own)) >= mostOpen) throw conflict('correction.too-many-open');

		const id = newId();
		await ctx.db.insert(recordCorrections).values({ id, personId, ...input, askedAt: ctx.now });
		await record(ctx, 'correction.asked', id, { part: input.part });
		const holders = unitPath ? await nearestHolders(ctx, 'record:answer', unitPath, [personId]) : [];
		await notify(ctx, holders, {
			kind: 'correction_asked',
			occasion: id,
			href: `/manage/corrections/${id}`,
			values: { name: await nameOf(ctx, personId) }
		});
		return id;
	});
}

async function nameOf({ db }: Context, personId: string): Promise<string> {
	const { rows } = await db.execute<{ name: string }>(sql`select name from people where id = ${personId}`);
	return rows[0]?.name ?? '';
}

/** Takes back what was asked and not answered yet. @throws not-found correction.not-found, conflict correction.answered */
export function withdrawCorrection(
	ctx: SignedIn,
	{ correctionId }: v.InferOutput<typeof schemas.withdrawCorrection>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const own = sql`${recordCorrections.id} = ${correctionId} and ${recordCorrections.personId} = ${ctx.actor.personId}`;
		const [found] = await ctx.db.select().from(recordCorrections).where(own).for('update');
		if (!found) throw notFound('correction');
		if (found.state !== 'asked') throw conflict('correction.answered');
		await ctx.db.update(recordCorrections).set({ state: 'withdrawn', answeredAt: ctx.now }).where(own);
		await record(ctx, 'correction.withdrawn', correctionId);
	});
}

/**
 * Answers somebody's request with a reason that they read. Accepting it changes nothing by itself: what was wrong is mended where
 * it was entered. Nobody answers their own.
 * @throws not-found correction.not-found, forbidden access.own-case, conflict correction.answered
 */
export function answerCorrection(
	ctx: SignedIn,
	{ correctionId, decision, because }: v.InferOutput<typeof schemas.answerCorrection>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { personId } = await getCorrection(ctx, correctionId);
		demandNotOwn(ctx, personId);
		const [found] = await ctx.db
			.select({ state: recordCorrections.state })
			.from(recordCorrections)
			.where(eq(recordCorrections.id, correctionId))
			.for('update');
		if (found?.state !== 'asked') throw conflict('correction.answered');

		const state = decision === 'accept' ? 'accepted' : 'refused';
		await ctx.db
			.update(recordCorrections)
			.set({ state, because, answeredBy: ctx.actor.personId, answeredAt: ctx.now })
			.where(eq(recordCorrections.id, correctionId));
		await record(ctx, `correction.${state}`, correctionId, { personId });
		const kind = state === 'accepted' ? 'correction_accepted' : 'correction_refused';
		await notify(ctx, [personId], { kind, occasion: correctionId, href: '/record/corrections' });
	});
}
