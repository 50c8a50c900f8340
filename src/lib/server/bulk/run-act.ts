import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { bulkActRows, bulkActs } from '#db/schema/bulk.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { isConnectionLoss } from '../platform/database.ts';
import { enqueue } from '../platform/enqueue.ts';
import { log } from '../platform/log.ts';
import { actorToday } from '../units/actor-today.ts';
import { job } from './decide-act.ts';
import type { DoneRow, Handler, Outcomes } from './handler.ts';
import { handlerOf } from './handlers.ts';
import { refusalsOf } from './prepare-act.ts';
import { type BulkAct, countRows } from './queries.ts';

/**
 * Works off an act, or takes it back, a batch in a transaction: what is done and that it is done are written together, so that a
 * process that dies loses the batch it was at, and the next one goes on where it stopped. Runs as a job and may run again.
 */
export async function runAct(ctx: Context, actId: string): Promise<void> {
	for (let more = true; more;) {
		try {
			more = await atomically(ctx, (ctx) => runBatch(ctx, actId));
		} catch (error) {
			if (isConnectionLoss(error)) throw error; // the job runs again when the database is back
			log.error({ act: actId, error: (error as Error).message }, 'a batch of an act on many failed');
			more = await atomically(ctx, (ctx) => passOver(ctx, actId));
		}
	}
}

/** Puts acts into the queue again whose process was killed: it keeps its jobs locked for hours. */
export async function resumeActs(ctx: Context): Promise<void> {
	const going = await ctx.db
		.select({ id: bulkActs.id })
		.from(bulkActs)
		.where(inArray(bulkActs.state, ['running', 'undoing']));
	for (const { id } of going) await enqueue(ctx, job, { actId: id }, { key: `${job} ${id}` });
}

/** One batch. @returns whether there may be more; not where somebody else is at it */
async function runBatch(ctx: Context, actId: string): Promise<boolean> {
	const [act] = await ctx.db.select().from(bulkActs).where(eq(bulkActs.id, actId)).for('update', { skipLocked: true });
	if (act?.state !== 'running' && act?.state !== 'undoing') return false;
	const of = act as BulkAct;
	const handler = handlerOf(of.kind);
	const personId = of.state === 'undoing' ? of.undoneBy! : of.createdBy;
	const acting = { ...ctx, actor: await actorToday(ctx, personId) };
	const rows = await takeRows(ctx, of, handler.size);
	if (rows.length === 0) {
		await finish(acting, of);
		return false;
	}
	const outcomes = await outcomesOf(acting, of, handler, rows);
	for (const { targetId } of rows) if (!outcomes.has(targetId)) outcomes.set(targetId, { refused: 'unexpected' });
	await keep(ctx, of, outcomes);
	return true;
}

/** A batch that cannot even be judged is passed over: an act comes to its end. @returns whether anybody was left */
async function passOver(ctx: Context, actId: string): Promise<boolean> {
	const [act] = await ctx.db.select().from(bulkActs).where(eq(bulkActs.id, actId)).for('update');
	const rows = act ? await takeRows(ctx, act as BulkAct, handlerOf(act.kind as BulkAct['kind']).size) : [];
	if (!act || rows.length === 0) return false;
	await keep(ctx, act as BulkAct, new Map(rows.map(({ targetId }) => [targetId, { refused: 'unexpected' }])));
	return true;
}

/** Of what is being done, those who wait; of what is being undone, those for whom it was done and not found to stay. */
const takeRows = ({ db }: Context, { id, state }: BulkAct, size: number): Promise<DoneRow[]> =>
	db
		.select({ targetId: bulkActRows.targetId, personId: bulkActRows.personId, made: bulkActRows.made })
		.from(bulkActRows)
		.where(
			and(
				eq(bulkActRows.actId, id),
				eq(bulkActRows.state, state === 'running' ? 'waiting' : 'done'),
				isNull(bulkActRows.error)
			)
		)
		.orderBy(asc(bulkActRows.position))
		.limit(size);

async function outcomesOf(
	ctx: SignedIn,
	{ id, filter, values, state, undoneBecause }: BulkAct,
	handler: Handler<unknown>,
	rows: DoneRow[]
): Promise<Outcomes> {
	const act = { id, of: new URLSearchParams(filter).get('of') ?? '', undoneBecause };
	if (state === 'undoing') return handler.undo?.(ctx, rows, values, act) ?? new Map();

	const refused = await refusalsOf(ctx, handler, rows, { values, of: act.of });
	const left = rows.filter(({ targetId }) => !refused.has(targetId));
	const outcomes = left.length > 0 ? await handler.act(ctx, left, values, act) : new Map();
	for (const [targetId, code] of refused) outcomes.set(targetId, { refused: code });
	return outcomes;
}

/** What cannot be undone stays done, with the reason. */
async function keep({ db }: Context, { id, state }: BulkAct, outcomes: Outcomes): Promise<void> {
	const [done, refused] = state === 'running' ? ['done', 'refused'] : ['undone', 'done'];
	const rows = [...outcomes].map(([targetId, outcome]) =>
		'refused' in outcome
			? { targetId, state: refused, error: outcome.refused, made: null }
			: { targetId, state: done, error: null, made: outcome.made }
	);
	await db.execute(sql`
		update ${bulkActRows} r set state = o.state, error = o.error, made = coalesce(o.made, r.made)
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o ("targetId" uuid, state bulk_row_state, error text, made jsonb)
		where r.act_id = ${id} and r.target_id = o."targetId"`);
}

async function finish(ctx: SignedIn, { id, kind, state }: BulkAct): Promise<void> {
	const counts = await countRows(ctx, id);
	if (state === 'running') {
		await ctx.db.update(bulkActs).set({ state: 'done', finishedAt: ctx.now }).where(eq(bulkActs.id, id));
		await record(ctx, 'bulk.done', id, { kind, done: counts.done, refused: counts.refused });
		return;
	}
	await ctx.db.update(bulkActs).set({ state: 'undone' }).where(eq(bulkActs.id, id));
	await record(ctx, 'bulk.undone', id, { kind, undone: counts.undone, kept: counts.done });
}
