import { sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import { promotions } from '#db/schema/promotions.ts';
import { units } from '#db/schema/units.ts';
import type { LeadershipLevel } from '#lib/schemas/people.ts';
import { demand, within } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { none, readDate, readLevel } from '../people/roster/read-value.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { invalid } from '../platform/errors.ts';
import type { TableLimits } from '../platform/tables/limits.ts';
import { readCsv } from '../platform/tables/read-csv.ts';
import { readXlsx } from '../platform/tables/read-xlsx.ts';
import type { Cell } from '../platform/tables/table.ts';
import { openCasesOf, type Risen } from './open-cases.ts';
import { isPromotion } from './promotion-rule.ts';

const limits: TableLimits & { rows: number } = {
	...{ rows: 5_000, columns: 60, cell: 300, parts: 500 },
	...{ unpacked: 64 * 2 ** 20, strings: 200_000, ratio: 200 }
};

export const refusals = [
	'unknown',
	'own',
	'not-active',
	'date',
	'future',
	'level',
	'no-rise',
	'no-post',
	'twice',
	'recorded'
] as const;

/** A row that was not taken: the row as the spreadsheet numbers it, whom it named, and why not. */
export type RefusedPromotion = { row: number; typed: string; reason: (typeof refusals)[number] };
export type ImportedCohort = { rows: number; recorded: number; refused: RefusedPromotion[] };

const headers = {
	number: ['工号', '人员编号', '职工号', 'staff number', 'staff no', 'staff no.', 'number'],
	startsOn: ['任职日期', '任职时间', '提任日期', '日期', 'date', 'start', 'started on'],
	from: ['原任层次', '原层次', '原任职务层次', 'from', 'from level'],
	to: ['新任层次', '现任层次', '新层次', '新任职务层次', 'to', 'to level'],
	document: ['任免文号', '文号', '文件', 'document']
};
type Column = keyof typeof headers;
const needed: Column[] = ['number', 'startsOn', 'to'];
const headersWithin = 10;

type Row = Record<Column, string> & { row: number; dates1904: boolean };

/**
 * Records people who were promoted before this platform knew of them, from a sheet (XLSX or CSV) with staff number, date, level
 * before and after, and document. Every row that can be read opens a case as if it had been recorded on its day, with deadlines by
 * rule from that date; every one that cannot comes back with its reason. Handed in again, it records nothing twice.
 * @throws invalid table.… | promotion.no-headers | promotion.too-many, forbidden access.forbidden
 */
export function importCohort(ctx: SignedIn, file: Buffer): Promise<ImportedCohort> {
	return atomically(ctx, async (ctx) => {
		demand(ctx, 'promotion:edit');
		const rows = await readRows(file);
		const known = await readPeople(ctx, rows);
		const refused: RefusedPromotion[] = [];
		const risen: Risen[] = [];
		for (const row of rows) {
			const judged = judge(ctx, row, known.get(row.number.toLowerCase()));
			if (typeof judged === 'string') refused.push({ row: row.row, typed: row.number, reason: judged });
			else if (risen.some(({ postId }) => postId === judged.postId))
				refused.push({ row: row.row, typed: row.number, reason: 'twice' });
			else risen.push(judged);
		}
		await openCasesOf(ctx, risen);
		await record(ctx, 'promotion.imported', null, { rows: rows.length, recorded: risen.length });
		return { rows: rows.length, recorded: risen.length, refused };
	});
}

type KnownPost = { id: string; unitId: string; startsOn: string; endsOn: string | null; recorded: boolean };
type Known = { id: string; isActive: boolean; posts: KnownPost[] };

function judge({ actor, now }: SignedIn, row: Row, person: Known | undefined): Risen | RefusedPromotion['reason'] {
	if (!person) return 'unknown';
	if (person.id === actor.personId) return 'own';
	if (!person.isActive) return 'not-active';
	const startsOn = readDate(row.startsOn, row.dates1904);
	if (!startsOn) return 'date';
	if (startsOn > dateOf(now)) return 'future';
	const toLevel = readLevel(row.to);
	const fromLevel = row.from ? readLevel(row.from) : none;
	if (!toLevel || toLevel === none || !fromLevel) return 'level';
	const levels = { fromLevel: fromLevel === none ? null : fromLevel, toLevel: toLevel as LeadershipLevel };
	if (!isPromotion({ kind: 'promotion', ...levels })) return 'no-rise';

	const post = person.posts.find(
		(each) => each.startsOn <= startsOn && (each.endsOn === null || each.endsOn > startsOn)
	);
	if (!post) return 'no-post';
	if (post.recorded) return 'recorded';
	return {
		...{ personId: person.id, postId: post.id, unitId: post.unitId, kind: 'promotion', startsOn },
		...{ ...levels, document: row.document || null }
	};
}

/** Whom the rows name and may be decided about, with their primary posts: a promotion belongs to the one held from its day on. */
async function readPeople({ db, actor }: SignedIn, rows: Row[]): Promise<Map<string, Known>> {
	const numbers = sql.param(rows.map(({ number }) => number));
	const { rows: found } = await db.execute<Known & { number: string }>(sql`
		select person.id, lower(person.staff_number::text) as number, person.status = 'active' as "isActive", coalesce((
			select json_agg(json_build_object('id', post.id, 'unitId', post.unit_id, 'startsOn', post.starts_on, 'endsOn', post.ends_on,
				'recorded', exists (select 1 from ${promotions} p where p.post_id = post.id)) order by post.starts_on desc)
			from ${posts} post where post.person_id = person.id and post."primary"), '[]') as posts
		from ${people} person join ${units} u on u.id = person.unit_id
		where person.staff_number = any(${numbers}::citext[]) and ${within(actor, 'promotion:edit', sql`u.path`)}`);
	return new Map(found.map((person) => [person.number, person]));
}

async function readRows(file: Buffer): Promise<Row[]> {
	if (file.subarray(0, 4).toString('hex') === 'd0cf11e0') throw invalid('table.old-excel', { field: 'file' });
	const zip = file.subarray(0, 4).toString('latin1') === 'PK\x03\x04';
	const table = zip ? await readXlsx(file, limits) : readCsv(file, limits);

	let columns: Record<Column, number> | undefined;
	let passed = 0;
	const rows: Row[] = [];
	for await (const { row, cells } of table.rows) {
		if (!columns) {
			columns = columnsOf(cells);
			if (!columns && ++passed >= headersWithin) break;
			continue;
		}
		const at = (name: Column) => textOf(cells[columns![name]]);
		if (!at('number')) continue;
		if (rows.length >= limits.rows)
			throw invalid('promotion.too-many', { field: 'file', values: { limit: limits.rows } });
		const read = { number: at('number'), startsOn: at('startsOn'), from: at('from'), to: at('to') };
		rows.push({ row, ...read, document: at('document'), dates1904: table.dates1904 });
	}
	if (!columns) throw invalid('promotion.no-headers', { field: 'file' });
	return rows;
}

/** Where the columns stand; undefined in a row that is not the headings. */
function columnsOf(cells: Cell[]): Record<Column, number> | undefined {
	const heads = cells.map((cell) => textOf(cell).normalize('NFKC').toLowerCase());
	const columns = Object.fromEntries(
		Object.entries(headers).map(([name, words]) => [name, heads.findIndex((head) => words.includes(head))])
	) as Record<Column, number>;
	return needed.every((name) => columns[name] >= 0) ? columns : undefined;
}

const textOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell.trim().replace(/^'/, '') : '');
