import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import { matchColumns } from '../../people/roster/match-columns.ts';
import { readTable } from '../../people/roster/read-table.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';

/** A row that names nobody: as it was typed, on which row of the sheet, and why. */
export type PassedRow = { row: number; typed: string; reason: 'unknown' | 'twice' | 'unreadable' | 'blank' };

export type ReadPeople = { personIds: string[]; read: number; passed: PassedRow[] };

const most = 50_000;

/**
 * The people within reach whom a file names by their staff numbers, and every row that names nobody. The column is found by
 * its header; nothing else is read. Those who have left may stand on a list: what is asked of them is for rules to say.
 * @throws invalid people-list.no-numbers | people-list.too-long, and what the readers throw
 */
export async function readPeopleFile(ctx: Context, file: Buffer): Promise<ReadPeople> {
	const sheet = await readTable(file);
	const column = matchColumns(sheet.headers).staffNumber;
	if (column === undefined) throw invalid('people-list.no-numbers', { field: 'file' });

	const rows: { row: number; typed: string | null }[] = [];
	for await (const { row, cells } of sheet.rows) {
		if (rows.length >= most) throw invalid('people-list.too-long', { field: 'file' });
		const cell = cells[column] ?? '';
		rows.push({ row, typed: typeof cell === 'string' ? cell.normalize('NFKC').trim().slice(0, 60) : null });
	}

	const found = await findNumbers(
		ctx,
		rows.flatMap(({ typed }) => typed || [])
	);
	const seen = new Set<string>();
	const passed: PassedRow[] = [];
	for (const { row, typed } of rows) {
		const id = typed ? found.get(typed.toLowerCase()) : undefined;
		if (typed === null) passed.push({ row, typed: '', reason: 'unreadable' });
		else if (typed === '') passed.push({ row, typed, reason: 'blank' });
		else if (!id) passed.push({ row, typed, reason: 'unknown' });
		else if (seen.has(id)) passed.push({ row, typed, reason: 'twice' });
		else seen.add(id);
	}
	return { personIds: [...seen], read: rows.length, passed };
}

async function findNumbers({ db, actor }: Context, numbers: string[]): Promise<Map<string, string>> {
	const { rows } = await db.execute<{ id: string; number: string }>(sql`
		select ${people.id} as id, lower(${people.staffNumber}::text) as number
		from ${people} join ${units} on ${units.id} = ${people.unitId}
		where ${people.staffNumber} = any(${sql.param(numbers)}::citext[]) and ${within(actor, 'programme:edit', units.path)}`);
	return new Map(rows.map(({ id, number }) => [number, id]));
}
