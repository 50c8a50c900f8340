import { getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { batchesOf } from '../../platform/batches.ts';
import type { Context } from '../../platform/context.ts';

/** Rows on their way into many tables at once. Like a restored backup, a made-up province is written table by table. */
export interface Rows {
	add<Table extends PgTable>(table: Table, row: Table['$inferInsert']): void;
	readonly count: number;
	/** Writes what has been added, in the order of the tables given at the start, and forgets it. */
	write(ctx: Context): Promise<void>;
}

const batch = 5_000;

/** Collects rows for these tables; a table comes after those that its foreign keys name. */
export function rowsFor(tables: PgTable[]): Rows {
	const kept = new Map<PgTable, Record<string, unknown>[]>(tables.map((table) => [table, []]));
	let count = 0;

	return {
		add(table, row) {
			const rows = kept.get(table);
			if (!rows) throw new Error('Rows were added to a table that is not in the order of writing.');
			rows.push(row);
			count++;
		},
		get count() {
			return count;
		},
		async write(ctx) {
			for (const [table, rows] of kept) {
				kept.set(table, []);
				for (const part of batchesOf(rows, batch)) await insert(ctx, table, part);
			}
			count = 0;
		}
	};
}

/** One statement for all rows, whatever their number; every row says something for every column that the first one names. */
async function insert({ db }: Context, table: PgTable, rows: Record<string, unknown>[]): Promise<void> {
	const columns = Object.entries(getTableColumns(table)).filter(([key]) => key in rows[0]!);
	const named = rows.map((row) => Object.fromEntries(columns.map(([key, { name }]) => [name, row[key]])));
	const names = sql.join(
		columns.map(([, { name }]) => sql.identifier(name)),
		sql`, `
	);
	await db.execute(sql`
		insert into ${table} (${names})
		select ${names} from json_populate_recordset(null::${table}, ${JSON.stringify(named)}::json)`);
}
