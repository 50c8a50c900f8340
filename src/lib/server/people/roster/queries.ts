import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, isNull, lt, sql } from 'drizzle-orm';
import { people, rosterImportRows, rosterImports } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Verdict } from '#lib/schemas/roster.ts';
import { demand, demandWithin, rootsOf, within } from '../../access/scope.ts';
import { type Context, platformActor } from '../../platform/context.ts';
import { conflict, forbidden, notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';

export type RosterImport = Omit<typeof rosterImports.$inferSelect, 'file'>;
export type RosterImportRow = typeof rosterImportRows.$inferSelect;

const { file, ...withoutFile } = getTableColumns(rosterImports);

/** An import into a unit within the actor's reach; the command on the server reaches all. @throws not-found roster-import.not-found */
export async function getImport(ctx: Context, id: string) {
	if (!isId(id)) throw notFound('roster-import');
	const [found] = await ctx.db
		.select({ ...withoutFile, unitPath: units.path, unitName: units.name, creator: people.name })
		.from(rosterImports)
		.innerJoin(units, eq(units.id, rosterImports.unitId))
		.leftJoin(people, eq(people.id, rosterImports.createdBy))
		.where(eq(rosterImports.id, id));
	if (ctx.actor !== platformActor) demandWithin(ctx, 'people:import', found?.unitPath, 'roster-import');
	if (!found) throw notFound('roster-import');
	return { ...found, isOwn: found.createdBy === ctx.actor.personId };
}

/** Imports into units within reach, newest first. */
export function listImports(ctx: Context, { limit = 10 }: { limit?: number } = {}) {
	demand(ctx, 'people:import');
	return ctx.db
		.select({
			id: rosterImports.id,
			fileName: rosterImports.fileName,
			status: rosterImports.status,
			createdAt: rosterImports.createdAt,
			committedAt: rosterImports.committedAt,
			creator: people.name,
			unitName: units.name,
			written:
				sql<number>`(select count(*) from ${rosterImportRows} r where r.import_id = ${rosterImports.id} and r.selected and r.verdict in ('new', 'changed'))`.mapWith(
					Number
				)
		})
		.from(rosterImports)
		.innerJoin(units, eq(units.id, rosterImports.unitId))
		.leftJoin(people, eq(people.id, rosterImports.createdBy))
		.where(within(ctx.actor, 'people:import', units.path))
		.orderBy(desc(rosterImports.createdAt), desc(rosterImports.id))
		.limit(limit);
}

/** Units into which the actor may import: where their roles are held. */
export function listImportUnits(ctx: Context) {
	demand(ctx, 'people:import');
	return ctx.db
		.select({ id: units.id, name: units.name })
		.from(units)
		.where(
			and(sql`${units.path} = any(${sql.param(rootsOf(ctx.actor, 'people:import'))}::ltree[])`, isNull(units.closedOn))
		)
		.orderBy(asc(units.path));
}

export type Counts = Record<Verdict, number> & {
	selected: number;
	selectedNew: number;
	selectedChanged: number;
	promotions: number;
};

/** How many rows there are of each verdict, how many are chosen, and how many of those make newly promoted leaders. */
export async function countRows({ db }: Context, importId: string): Promise<Counts> {
	const promotes = sql`r.selected and case r.verdict
		when 'new' then r.values->>'kind' = 'promotion' and r.values->>'leadershipLevel' <> 'none'
		when 'changed' then r.changes#>>'{kind,to}' = 'promotion' and r.changes#>>'{leadershipLevel,to}' is not null end`;
	const { rows } = await db.execute<Record<keyof Counts, string>>(sql`
		select count(*) filter (where r.verdict = 'new') as new, count(*) filter (where r.verdict = 'changed') as changed,
			count(*) filter (where r.verdict = 'unchanged') as unchanged, count(*) filter (where r.verdict = 'wrong') as wrong,
			count(*) filter (where r.selected and r.verdict in ('new', 'changed')) as selected,
			count(*) filter (where r.selected and r.verdict = 'new') as "selectedNew",
			count(*) filter (where r.selected and r.verdict = 'changed') as "selectedChanged",
			count(*) filter (where ${promotes}) as promotions
		from ${rosterImportRows} r where r.import_id = ${importId}`);
	return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, number]) => [name, Number(number)])) as Counts;
}

const pageLength = 50;

/** One page of the rows of a verdict, in the order of the file; cursors are row numbers. */
export async function listRows(
	{ db }: Context,
	importId: string,
	verdict: Verdict,
	{ after, before }: { after?: number; before?: number } = {}
) {
	const from = and(eq(rosterImportRows.importId, importId), eq(rosterImportRows.verdict, verdict));
	const backwards = before !== undefined;
	const found = await db
		.select()
		.from(rosterImportRows)
		.where(
			and(
				from,
				backwards ? lt(rosterImportRows.row, before) : after === undefined ? undefined : gt(rosterImportRows.row, after)
			)
		)
		.orderBy(backwards ? desc(rosterImportRows.row) : asc(rosterImportRows.row))
		.limit(pageLength + 1);
	const hasMore = found.length > pageLength;
	const rows = backwards ? found.slice(0, pageLength).reverse() : found.slice(0, pageLength);
	return {
		rows,
		previous: (backwards ? hasMore : after !== undefined) ? (rows[0]?.row ?? null) : null,
		next: (backwards ? true : hasMore) ? (rows.at(-1)?.row ?? null) : null
	};
}

const chunk = 2_000;

/** Every row of an import in the order of the file, a chunk at a time. */
export async function* eachRow({ db }: Context, importId: string): AsyncGenerator<RosterImportRow> {
	for (let from = 0; ;) {
		const rows = await db
			.select()
			.from(rosterImportRows)
			.where(and(eq(rosterImportRows.importId, importId), gte(rosterImportRows.row, from)))
			.orderBy(asc(rosterImportRows.row))
			.limit(chunk);
		yield* rows;
		if (rows.length < chunk) return;
		from = rows.at(-1)!.row + 1;
	}
}

/**
 * Takes the row of one's own import for a decision. Others who reach the unit may look, but what an import may touch was judged
 * by its uploader's reach, and nobody decides about themselves through another's file.
 * @throws not-found roster-import, forbidden roster-import.not-own, conflict roster-import.moved-on
 */
export async function lockOwnImport(ctx: Context, id: string, ...statuses: RosterImport['status'][]) {
	const { isOwn } = await getImport(ctx, id);
	if (!isOwn) throw forbidden('roster-import.not-own');
	const [found] = await ctx.db.select(withoutFile).from(rosterImports).where(eq(rosterImports.id, id)).for('update');
	if (!found) throw notFound('roster-import');
	if (!statuses.includes(found.status)) throw conflict('roster-import.moved-on');
	return found;
}

/** Whether nobody else is at work on an import; if so, nobody will be until this transaction ends. */
export async function claimImport({ db }: Context, id: string): Promise<boolean> {
	const { rows } = await db.execute<{ claimed: boolean }>(
		sql`select pg_try_advisory_xact_lock(hashtextextended(${id}, 0)) as claimed`
	);
	return rows[0]?.claimed === true;
}

/** Imports that a job should be working on. */
export function listUnfinished({ db }: Context) {
	return db
		.select({ id: rosterImports.id, status: rosterImports.status })
		.from(rosterImports)
		.where(inArray(rosterImports.status, ['reading', 'committing']));
}
