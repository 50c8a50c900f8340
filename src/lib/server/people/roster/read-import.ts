import { eq, sql } from 'drizzle-orm';
import { rosterImportRows, rosterImports } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { neededFields, type RosterField } from '#lib/schemas/roster.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { DomainError, invalid } from '../../platform/errors.ts';
import { importingActor } from './importing-actor.ts';
import { type JudgedRow, judgeOf, type RowJudge } from './judge-rows.ts';
import { limits } from './limits.ts';
import { claimImport } from './queries.ts';
import { isExample, type ReadRow, readRow } from './read-row.ts';
import { readTable } from './read-table.ts';

type NumberedRow = ReadRow & { row: number };

const batchSize = 1_000;
const reportEvery = 2_000;

/**
 * Reads the file of an import and judges every row: the preview. Runs as a job and may run again: it begins with the stored
 * file, and its rows stand there together or not at all. A file that cannot be read fails the import with its reason.
 */
export async function readImport(ctx: Context, importId: string): Promise<void> {
	try {
		await atomically(ctx, async (inner) => {
			if (!(await claimImport(inner, importId))) return;
			const [found] = await inner.db
				.select({
					...{
						file: rosterImports.file,
						columns: rosterImports.columns,
						status: rosterImports.status,
						createdBy: rosterImports.createdBy
					},
					unitPath: units.path
				})
				.from(rosterImports)
				.innerJoin(units, eq(units.id, rosterImports.unitId))
				.where(eq(rosterImports.id, importId));
			if (found?.status !== 'reading' || !found.file) return;

			const actor = await importingActor(inner, found.createdBy);
			const judge = await judgeOf({ ...inner, actor }, found.unitPath);
			const count = await keepRows(inner, importId, judge, readRows(found.file, found.columns ?? {}), (rowsRead) =>
				ctx.db.update(rosterImports).set({ rowsRead }).where(eq(rosterImports.id, importId))
			);
			await inner.db
				.update(rosterImports)
				.set({ status: 'previewed', failure: null, rowsRead: count, rowsTotal: count })
				.where(eq(rosterImports.id, importId));
		});
	} catch (error) {
		if (!(error instanceof DomainError)) throw error;
		const failure = { key: error.code, values: error.values };
		await ctx.db.update(rosterImports).set({ status: 'failed', failure }).where(eq(rosterImports.id, importId));
	}
}

/** The rows of a file, a batch at a time. */
async function* readRows(file: Buffer, columns: Record<string, number>): AsyncGenerator<NumberedRow[]> {
	const missing = neededFields.filter((field) => columns[field] === undefined);
	if (missing.length > 0) throw invalid('roster.columns-missing');

	const table = await readTable(file);
	let count = 0;
	let batch: NumberedRow[] = [];
	for await (const { row, cells } of table.rows) {
		const read = readRow(cells, columns as Partial<Record<RosterField, number>>, table.dates1904);
		if (isExample(read.values)) continue;
		batch.push({ row, ...read });
		if (++count > limits.rows) throw invalid('roster.too-many-rows', { values: { limit: limits.rows } });
		if (batch.length < batchSize) continue;
		yield batch;
		batch = [];
	}
	if (count === 0) throw invalid('roster.no-rows');
	yield batch;
}

/** Judges and stores one batch after the other: while the database works on one, the next is being read. */
async function keepRows(
	{ db }: Context,
	importId: string,
	{ judge, overtaken }: RowJudge,
	batches: AsyncIterable<NumberedRow[]>,
	report: (rowsRead: number) => PromiseLike<unknown>
): Promise<number> {
	await db.delete(rosterImportRows).where(eq(rosterImportRows.importId, importId));
	const kept: NumberedRow[] = [];
	let writing: Promise<unknown> = Promise.resolve();
	for await (const batch of batches) {
		await writing;
		writing = insert(JSON.stringify((await judge(batch)).map(keptRow)));
		writing.catch(() => undefined); // met where it is awaited, a batch later
		kept.push(...batch);
		if (kept.length % reportEvery === 0) await report(kept.length);
	}
	await writing;

	const again = kept.filter(({ row }) => overtaken.has(row));
	const rows = JSON.stringify(again.map(({ row }) => row));
	await db.execute(sql`
		delete from ${rosterImportRows}
		where import_id = ${importId} and row in (select value::int from json_array_elements_text(${rows}::json))`);
	await insert(JSON.stringify((await judge(again)).map(keptRow)));
	return kept.length;

	async function insert(judged: string): Promise<void> {
		await db.execute(sql`
			insert into ${rosterImportRows} (import_id, row, verdict, values, changes, problems, person_id, selected)
			select ${importId}::uuid, row, verdict, values, changes, problems, "personId", verdict in ('new', 'changed')
			from jsonb_to_recordset(${judged}::jsonb) as read ("row" int, "verdict" text, "values" jsonb, "changes" jsonb, "problems" jsonb, "personId" uuid)`);
	}
}

const keptRow = ({ row, values, judgement, personId, unitLabel }: JudgedRow<NumberedRow>) => ({
	row,
	verdict: judgement.verdict,
	values: unitLabel === null ? values : { ...values, unitName: values.unitName ?? unitLabel },
	changes: judgement.verdict === 'changed' ? judgement.changes : null,
	problems: judgement.verdict === 'wrong' ? judgement.problems : null,
	personId
});
