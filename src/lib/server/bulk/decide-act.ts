import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { bulkActs } from '#db/schema/bulk.ts';
import type * as schemas from '#lib/schemas/bulk.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { enqueue } from '../platform/enqueue.ts';
import { countRows, lockAct, mayDecide, undoableUntil } from './queries.ts';

type TheAct = v.InferOutput<typeof schemas.theAct>;

export const job = 'bulk.run';

/** Begins what was prepared, as it was prepared. Only its author does. @throws conflict bulk.begun | bulk.nobody, not-found bulk.not-found */
export function beginAct(ctx: SignedIn, { act: id }: TheAct): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const act = await lockOwn(ctx, id);
		if (act.state !== 'previewed') throw conflict('bulk.begun');
		const { waiting, total } = await countRows(ctx, id);
		if (waiting === 0) throw conflict('bulk.nobody');
		await ctx.db.update(bulkActs).set({ state: 'running', startedAt: ctx.now }).where(eq(bulkActs.id, id));
		await enqueue(ctx, job, { actId: id }, { key: `${job} ${id}` });
		await record(ctx, 'bulk.begun', id, { kind: act.kind, list: act.list, chosen: waiting, listed: total });
	});
}

/** Throws away what was prepared and not begun. @throws conflict bulk.begun, not-found bulk.not-found */
export function discardAct(ctx: SignedIn, { act: id }: TheAct): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { state } = await lockOwn(ctx, id);
		if (state !== 'previewed') throw conflict('bulk.begun');
		await ctx.db.delete(bulkActs).where(eq(bulkActs.id, id));
	});
}

/**
 * Takes back what an act has made, with a reason that people read: within seven days, by its author or by whoever may do the same
 * there. What somebody has done with it since stays. @throws conflict bulk.not-undoable, not-found bulk.not-found
 */
export function undoAct(ctx: SignedIn, { act: id, reason }: v.InferOutput<typeof schemas.undoAct>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const act = await lockAct(ctx, id);
		if (!mayDecide(ctx, act)) throw notFound('bulk');
		if (!undoableUntil(act, ctx.now)) throw conflict('bulk.not-undoable');
		await ctx.db
			.update(bulkActs)
			.set({ state: 'undoing', undoneBy: ctx.actor.personId, undoneAt: ctx.now, undoneBecause: reason })
			.where(eq(bulkActs.id, id));
		await enqueue(ctx, job, { actId: id }, { key: `${job} ${id}` });
		await record(ctx, 'bulk.undo-begun', id, { kind: act.kind });
	});
}

async function lockOwn(ctx: SignedIn, id: string) {
	const act = await lockAct(ctx, id);
	if (act.createdBy !== ctx.actor.personId) throw notFound('bulk');
	return act;
}
