import excel from 'exceljs';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { connect, connectionOf, openPool } from '#db/client.ts';
import '#lib/server/jobs/subscriptions.ts';
import { commitImport } from '#lib/server/people/roster/commit-import.ts';
import { countRows } from '#lib/server/people/roster/queries.ts';
import { readImport } from '#lib/server/people/roster/read-import.ts';
import { readTable } from '#lib/server/people/roster/read-table.ts';
import { requestCommit } from '#lib/server/people/roster/request-commit.ts';
import { startImport } from '#lib/server/people/roster/start-import.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { anAccount } from '../factories/accounts.ts';
import { aPerson } from '../factories/people.ts';
import { aRosterFile, type RosterLine } from '../factories/roster-files.ts';
import { as, aUnit, theProvince } from '../factories/units.ts';

export type RosterImportFigures = {
	rows: number;
	bytes: number;
	/** Milliseconds: exceljs' streaming reader going through the file, our own reader doing so, and COPY of the rows into a bare table. */
	parse: number;
	ownParse: number;
	copy: number;
	/** Milliseconds: upload to stored file, reading and judging, writing to the roster. */
	start: number;
	read: number;
	commit: number;
	/** The whole import as a multiple of parsing with exceljs and COPY; and of parsing with our own reader, which is faster, and COPY. */
	ratio: number;
	ratioToOwnReader: number;
};

/**
 * Imports a roster of new people, and measures it beside parsing the same file and a bare COPY of the same rows.
 * @param url a migrated database of its own: the people stay in it
 */
export async function benchRosterImport(url: string, rows = 20_000): Promise<RosterImportFigures> {
	const pool = openPool(url);
	const now = new Date();
	const ctx: Context = { db: connect(pool), actor: platformActor, now };
	try {
		const province = await theProvince(ctx);
		const hr = await anAccount(ctx, { person: await aPerson(ctx, { unit: province }) });
		await ctx.db.execute(
			'insert into grants (id, person_id, role, unit_id, starts_on, granted_at) ' +
				`select gen_random_uuid(), '${hr.id}', 'hr', '${province.id}', '2020-01-01', now()`
		);
		const codes = [];
		for (let made = 0; made < 100; made++) codes.push((await aUnit(ctx)).code);
		const file = await aRosterFile(linesOf(rows, codes));

		const [, parse] = await timed(() => parseWithExceljs(file));
		const [parsed, ownParse] = await timed(() => parseAll(file));
		const [, copy] = await timed(() => copyAll(url, parsed));
		const acting = as(ctx, hr.id, { role: 'hr', unit: province });
		const [importId, start] = await timed(() =>
			startImport(acting, { unitId: province.id, fileName: 'roster.xlsx', file })
		);
		const [, read] = await timed(() => readImport(ctx, importId));
		const [, commit] = await timed(async () => {
			await requestCommit(acting, { importId, shown: [], chosen: [] });
			await commitImport(ctx, importId);
		});

		const { selected } = await countRows(ctx, importId);
		if (selected !== rows) throw new Error(`${selected} of ${rows} rows were imported`);
		const whole = start + read + commit;
		const ratios = { ratio: whole / (parse + copy), ratioToOwnReader: whole / (ownParse + copy) };
		return { rows, bytes: file.length, parse, ownParse, copy, start, read, commit, ...ratios };
	} finally {
		await pool.end();
	}
}

function* linesOf(count: number, codes: string[]): Generator<RosterLine> {
	const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗';
	const given = '明华建国文军志强海波春晓云雪梅兰思远景行既明若水';
	for (let at = 0; at < count; at++) {
		yield {
			staffNumber: `B${String(at).padStart(6, '0')}`,
			name: `${surnames[at % surnames.length]}${given[(at * 7) % given.length]}${given[(at * 13) % given.length]}`,
			unitCode: codes[at % codes.length],
			title: '科员',
			rank: '一级科员',
			startsOn: '2024-03-01',
			document: `人社任〔2024〕${at}号`,
			email: `b${at}@example.cn`,
			joinedOn: '2019-07-01',
			status: '在职'
		};
	}
}

async function parseWithExceljs(file: Buffer): Promise<number> {
	const options = {
		sharedStrings: 'cache',
		styles: 'ignore',
		hyperlinks: 'ignore',
		worksheets: 'emit',
		entries: 'ignore'
	} as const;
	let cells = 0;
	for await (const sheet of new excel.stream.xlsx.WorkbookReader(Readable.from([file]), options)) {
		for await (const row of sheet) cells += row.cellCount;
	}
	return cells;
}

async function parseAll(file: Buffer): Promise<string[][]> {
	const table = await readTable(file);
	const rows: string[][] = [];
	for await (const { cells } of table.rows) rows.push(cells.map((cell) => (typeof cell === 'string' ? cell : '')));
	return rows;
}

async function copyAll(url: string, rows: string[][]): Promise<void> {
	const width = Math.max(...rows.map((row) => row.length));
	const columns = Array.from({ length: width }, (_, at) => `c${at}`);
	const client = new pg.Client(connectionOf(url));
	await client.connect();
	try {
		await client.query(`create table bare_copy (${columns.map((name) => `${name} text`).join(', ')})`);
		const lines = rows.map((row) => `${columns.map((_, at) => row[at] ?? '').join('\t')}\n`);
		await pipeline(Readable.from(lines), client.query(copyFrom('copy bare_copy from stdin')));
		await client.query('drop table bare_copy');
	} finally {
		await client.end();
	}
}

async function timed<Result>(act: () => Promise<Result>): Promise<[Result, number]> {
	const started = performance.now();
	const result = await act();
	return [result, performance.now() - started];
}
