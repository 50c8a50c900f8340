import { sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { bulkActRows, bulkActs } from '#db/schema/bulk.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/bulk.ts';
import { kindsOf, mostAtOnce } from '#lib/schemas/bulk.ts';
import type { Ability } from '../access/abilities.ts';
import { demand, rootsOf } from '../access/scope.ts';
import { batchesOf } from '../platform/batches.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { Handler, Row } from './handler.ts';
import { handlerOf } from './handlers.ts';
import { targetsOf } from './targets.ts';

type Input = v.InferOutput<typeof schemas.prepareAct>;

/**
 * Writes down an act on everybody whom a list shows, and judges each of them: the preview. Nothing is done before it is begun.
 * Whoever comes to be listed later is not concerned.
 * @returns its id
 * @throws conflict bulk.nobody | bulk.too-many, invalid field.invalid, forbidden access.forbidden, and what the list throws
 */
export function prepareAct(ctx: SignedIn, { kind, list, filter, ...values }: Input): Promise<string> {
	return atomically(ctx, async (ctx) => {
		if (!kindsOf(list).includes(kind)) throw invalid('field.invalid', { field: 'kind' });
		const handler = handlerOf(kind);
		demand(ctx, handler.ability);
		const rows: Row[] = [];
		for await (const row of targetsOf(ctx, list, filter)) {
			rows.push(row);
			if (rows.length > mostAtOnce) throw conflict('bulk.too-many', { values: { limit: mostAtOnce } });
		}
		if (rows.length === 0) throw conflict('bulk.nobody');

		const id = newId();
		const unitId = await highestUnit(ctx, handler.ability);
		const made = { createdBy: ctx.actor.personId, createdAt: ctx.now };
		await ctx.db.insert(bulkActs).values({ id, kind, list, filter, values, unitId, ...made });
		await keepRows(ctx, { id, values, of: new URLSearchParams(filter).get('of') ?? '' }, handler, rows);
		return id;
	});
}

type Thought = { id: string; values: unknown; of: string };

async function keepRows(ctx: SignedIn, { id, values, of }: Thought, handler: Handler<unknown>, rows: Row[]) {
	let position = 0;
	for (const batch of batchesOf(rows)) {
		const refused = await refusalsOf(ctx, handler, batch, { values, of });
		await ctx.db.insert(bulkActRows).values(
			batch.map((row) => {
				const error = refused.get(row.targetId) ?? null;
				return { actId: id, position: ++position, ...row, state: error ? ('refused' as const) : undefined, error };
			})
		);
	}
}

/** Why some cannot be done now: what the kind says, and that nobody decides about themselves. */
export async function refusalsOf(
	ctx: SignedIn,
	handler: Handler<unknown>,
	rows: Row[],
	{ values, of }: { values: unknown; of: string }
): Promise<Map<string, string>> {
	const refused = await handler.refusals(
		ctx,
		rows.map(({ targetId }) => targetId),
		values,
		of
	);
	for (const { targetId, personId } of rows)
		if (personId === ctx.actor.personId && !handler.ownToo) refused.set(targetId, 'access.own-case');
	return refused;
}

/** The highest unit over which the actor may do it: there the act belongs. */
async function highestUnit({ db, actor }: SignedIn, ability: Ability): Promise<string> {
	const { rows } = await db.execute<{ id: string }>(sql`
		select id from ${units} where path = any(${sql.param(rootsOf(actor, ability))}::ltree[]) order by nlevel(path), position limit 1`);
	if (!rows[0]) throw notFound('unit');
	return rows[0].id;
}
