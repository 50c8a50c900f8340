import { eq, type SQL, sql } from 'drizzle-orm';
import { bulkActRows, bulkActs } from '#db/schema/bulk.ts';
import type { BulkKind, BulkList } from '#lib/schemas/bulk.ts';
import { can, canSomewhere, demand, rootsOf } from '../access/scope.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { iso } from '../platform/iso.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';
import { handlerOf } from './handlers.ts';
import { bulkKinds, undoDays } from '#lib/schemas/bulk.ts';

export type BulkAct = typeof bulkActs.$inferSelect & { kind: BulkKind; list: BulkList };
export type BulkRowState = (typeof bulkActRows.$inferSelect)['state'];
export type Counts = Record<BulkRowState, number> & { total: number };

const kinds = Object.keys(bulkKinds) as BulkKind[];

/** The kinds of acts that somebody may decide anywhere. */
export const kindsOfActor = ({ actor }: Pick<Context, 'actor'>): BulkKind[] =>
	kinds.filter((kind) => canSomewhere(actor, handlerOf(kind).ability));

/** One's own acts, and those that belong to units over which one may do the same. */
const visible = ({ actor }: SignedIn): SQL => {
	const byKind = kindsOfActor({ actor }).map(
		(kind) => sql`(a.kind = ${kind} and u.path <@ any(${sql.param(rootsOf(actor, handlerOf(kind).ability))}::ltree[]))`
	);
	return sql`(a.created_by = ${actor.personId} or ${sql.join([...byKind, sql`false`], sql` or `)})`;
};

/** @throws not-found bulk.not-found */
export async function getAct(
	ctx: SignedIn,
	id: string
): Promise<BulkAct & { unitPath: string; unit: string; by: string }> {
	demand(ctx, 'bulk:act');
	const { rows } = isId(id)
		? await ctx.db.execute<{ path: string; unit: string; by: string }>(sql`
				select u.path::text as path, u.name as unit, by.name as by from ${bulkActs} a join units u on u.id = a.unit_id join people by on by.id = a.created_by
				where a.id = ${id} and ${visible(ctx)}`)
		: { rows: [] };
	const [act] = rows[0] ? await ctx.db.select().from(bulkActs).where(eq(bulkActs.id, id)) : [];
	if (!rows[0] || !act) throw notFound('bulk');
	return { ...(act as BulkAct), unitPath: rows[0].path, unit: rows[0].unit, by: rows[0].by };
}

/** The same with its row taken, for a decision about it. @throws not-found bulk.not-found */
export async function lockAct(ctx: SignedIn, id: string): Promise<BulkAct & { unitPath: string }> {
	await getAct(ctx, id);
	await ctx.db.select({ id: bulkActs.id }).from(bulkActs).where(eq(bulkActs.id, id)).for('update');
	return getAct(ctx, id);
}

export async function countRows({ db }: Context, actId: string): Promise<Counts> {
	const { rows } = await db.execute<{ state: BulkRowState; count: number }>(
		sql`select state, count(*)::int as count from ${bulkActRows} where act_id = ${actId} group by state`
	);
	const counts = { waiting: 0, done: 0, refused: 0, undone: 0, total: 0 };
	for (const { state, count } of rows) {
		counts[state] = count;
		counts.total += count;
	}
	return counts;
}

/** Why some were refused, or kept when it was undone, and how many, the most frequent first. */
export async function countRefusals({ db }: Context, actId: string): Promise<{ error: string; count: number }[]> {
	const { rows } = await db.execute<{ error: string; count: number }>(sql`
		select error, count(*)::int as count from ${bulkActRows} where act_id = ${actId} and error is not null group by error order by 2 desc, 1`);
	return rows;
}

export type RowLine = {
	key: string;
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	unit: string | null;
	state: BulkRowState;
	error: string | null;
};

/** The people of an act in the order in which they were listed, a page at a time. */
export function listRows(
	{ db }: Context,
	actId: string,
	{ show, ...asked }: Asked & { show?: BulkRowState | undefined }
): Promise<Page<RowLine>> {
	const order = { key: sql`r.position`, id: sql`r.target_id`, type: 'integer' as const };
	return readPage<RowLine>(asked, {
		size: 50,
		keyOf: ({ key, id }) => [key, id],
		read: async (turn) => {
			const { where, rest } = turned(order, turn);
			const { rows } = await db.execute<RowLine>(sql`
				select r.position::text as key, r.target_id as id, p.id as "personId", p.name, p.staff_number::text as "staffNumber", u.name as unit, r.state, r.error
				from ${bulkActRows} r join people p on p.id = r.person_id left join units u on u.id = p.unit_id
				where r.act_id = ${actId} and ${show ? sql`r.state = ${show}` : sql`true`} and ${where} ${rest}`);
			return rows;
		}
	});
}

export type ActLine = {
	id: string;
	kind: BulkKind;
	list: BulkList;
	state: BulkAct['state'];
	by: string;
	unit: string;
	createdAt: string;
	counts: Partial<Record<BulkRowState, number>> | null;
};

/** Acts on many: one's own, or all that belong to one's reach, the latest first. */
export function listActs(ctx: SignedIn, { whose, ...asked }: Asked & { whose: 'own' | 'all' }): Promise<Page<ActLine>> {
	demand(ctx, 'bulk:act');
	const order = { key: sql`a.created_at`, id: sql`a.id`, type: 'timestamptz' as const, descending: true };
	return readPage<ActLine>(asked, {
		size: 30,
		keyOf: ({ createdAt, id }) => [createdAt, id],
		read: async (turn) => {
			const { where, rest } = turned(order, turn);
			const { rows } = await ctx.db.execute<ActLine>(sql`
				select a.id, a.kind, a.list, a.state, by.name as by, u.name as unit, ${iso(sql`a.created_at`)} as "createdAt",
					(select json_object_agg(s.state, s.count) from (
						select r.state, count(*) as count from ${bulkActRows} r where r.act_id = a.id group by r.state) s) as counts
				from ${bulkActs} a join units u on u.id = a.unit_id join people by on by.id = a.created_by
				where ${whose === 'own' ? sql`a.created_by = ${ctx.actor.personId}` : visible(ctx)} and ${where} ${rest}`);
			return rows;
		}
	});
}

/** Until when an act can be undone; null where it cannot be, or not any more. */
export function undoableUntil({ kind, state, finishedAt }: BulkAct, now: Date): Date | null {
	if (state !== 'done' || !finishedAt || !bulkKinds[kind].undoes) return null;
	const until = new Date(finishedAt.getTime() + undoDays * 86_400_000);
	return until > now ? until : null;
}

/** Whether somebody may decide about an act: its author, or whoever may do the same there. */
export const mayDecide = ({ actor }: SignedIn, { kind, unitPath }: { kind: BulkKind; unitPath: string }): boolean =>
	can(actor, handlerOf(kind).ability, unitPath);
