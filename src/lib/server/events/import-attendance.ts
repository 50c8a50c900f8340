import { sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { readCsv } from '../platform/tables/read-csv.ts';
import type { TableLimits } from '../platform/tables/limits.ts';
import { readXlsx } from '../platform/tables/read-xlsx.ts';
import type { Cell, TableRow } from '../platform/tables/table.ts';
import { demandListOpen, type Note, noteAttendance } from './note-attendance.ts';
import { presenceIn } from './presence-words.ts';
import { listSessions, lockEvent, type Session } from './queries.ts';

const limits: TableLimits & { rows: number } = {
	rows: 10_000,
	columns: 120,
	cell: 200,
	parts: 500,
	unpacked: 64 * 2 ** 20,
	strings: 200_000,
	ratio: 200
};

/** A row, or one cell of it, that was not taken: the row as the spreadsheet numbers it, what stood there, and why not. */
export interface RefusedPresence {
	row: number;
	typed: string;
	reason: 'unknown' | 'not-listed' | 'twice' | 'word' | 'formula';
	/** Which session the cell was about. */
	session?: number;
}

export interface ImportedAttendance {
	rows: number;
	notes: number;
	refused: RefusedPresence[];
}

const numberHeaders = ['工号', '人员编号', '职工号', 'staff number', 'staff no', 'staff no.', 'number'];
const headersWithin = 10;

/**
 * Takes attendance from a sheet (XLSX or CSV): a column of staff numbers, and one column for each session, headed by its number,
 * such as “第2场” or “2”, or by its title; without such headings the columns after the name follow the sessions. Every cell that
 * can be read counts, and every one that cannot comes back with its reason. An empty cell says nothing.
 * @throws invalid table.… | attendance.no-headers | attendance.no-session | attendance.too-many, conflict as noteAttendance
 */
export function importAttendance(
	ctx: SignedIn,
	{ eventId, file }: { eventId: string; file: Buffer }
): Promise<ImportedAttendance> {
	return atomically(ctx, async (ctx) => {
		demandListOpen(ctx, await lockEvent(ctx, eventId));
		const sessions = await listSessions(ctx, eventId);
		const read = await readRows(file, sessions);
		const known = await participantsNamed(ctx, eventId, read.rows);

		const refused = [...read.refused];
		const notes: Note[] = [];
		const seen = new Set<string>();
		for (const { row, number, cells } of read.rows) {
			const person = known.get(number.toLowerCase());
			const refuse = (reason: RefusedPresence['reason']) => refused.push({ row, typed: number, reason });
			if (!person) refuse('unknown');
			else if (!person.listed) refuse('not-listed');
			else if (seen.has(person.id)) refuse('twice');
			else {
				seen.add(person.id);
				for (const { session, presence } of cells)
					notes.push({ sessionId: session, personId: person.id, presence, notedAt: ctx.now });
			}
		}
		if (notes.length > 0) await noteAttendance(ctx, { eventId, notes, source: 'sheet' });
		await record(ctx, 'attendance.imported', eventId, { rows: read.rows.length, refused: refused.length });
		return { rows: read.rows.length, notes: notes.length, refused: refused.sort((a, b) => a.row - b.row) };
	});
}

type Row = { row: number; number: string; cells: { session: string; presence: NonNullable<Note['presence']> }[] };

async function readRows(file: Buffer, sessions: Session[]): Promise<{ rows: Row[]; refused: RefusedPresence[] }> {
	const zip = file.subarray(0, 4).toString('latin1') === 'PK\x03\x04';
	if (file.subarray(0, 4).toString('hex') === 'd0cf11e0') throw invalid('table.old-excel', { field: 'file' });
	const table = zip ? await readXlsx(file, limits) : readCsv(file, limits);

	let columns: Columns | undefined;
	let passed = 0;
	const rows: Row[] = [];
	const refused: RefusedPresence[] = [];
	for await (const line of table.rows) {
		if (!columns) {
			columns = columnsOf(line, sessions);
			if (!columns && ++passed >= headersWithin) break;
			continue;
		}
		const number = textOf(line.cells[columns.number]);
		if (!number) continue;
		if (rows.length >= limits.rows)
			throw invalid('attendance.too-many', { field: 'file', values: { limit: limits.rows } });
		rows.push({ row: line.row, number, cells: readCells(line, columns, refused) });
	}
	if (!columns) throw invalid('attendance.no-headers', { field: 'file' });
	return { rows, refused };
}

function readCells({ row, cells }: TableRow, { sessions }: Columns, refused: RefusedPresence[]): Row['cells'] {
	return sessions.flatMap(({ column, id, position }) => {
		const cell = cells[column] ?? '';
		if (typeof cell !== 'string') {
			refused.push({ row, typed: '', reason: 'formula', session: position });
			return [];
		}
		const presence = presenceIn(cell);
		if (presence === undefined) refused.push({ row, typed: cell.slice(0, 60), reason: 'word', session: position });
		return presence ? [{ session: id, presence }] : [];
	});
}

type Columns = { number: number; sessions: { column: number; id: string; position: number }[] };

/** Where staff numbers and sessions stand; undefined in a row that is not the headings. @throws invalid attendance.no-session */
function columnsOf({ cells }: TableRow, sessions: Session[]): Columns | undefined {
	const headers = cells.map((cell) => textOf(cell).normalize('NFKC').toLowerCase());
	const number = headers.findIndex((header) => numberHeaders.includes(header));
	if (number < 0) return undefined;

	const named = headers.flatMap((header, column) => {
		const session = column === number ? undefined : sessionNamed(header, sessions);
		return session ? [{ column, id: session.id, position: session.position }] : [];
	});
	if (named.length === 0) throw invalid('attendance.no-session', { field: 'file' });
	return { number, sessions: named };
}

/** “第2场”, “2”, “Session 2”, “第2场 上午：社会保险法” or a title; with one session only, a heading such as 出勤 will do. */
function sessionNamed(header: string, sessions: Session[]): Session | undefined {
	const position = /^(?:第|session\s*)?(\d{1,2})(?:场|节|次)?(?:\D|$)/.exec(header)?.[1];
	if (position) return sessions.find((session) => session.position === Number(position));
	const titled = sessions.find(({ title }) => title !== '' && title.normalize('NFKC').toLowerCase() === header);
	return titled ?? (sessions.length === 1 && /出勤|签到|attendance|presence/.test(header) ? sessions[0] : undefined);
}

const textOf = (cell: Cell | undefined): string => (typeof cell === 'string' ? cell.trim().replace(/^'/, '') : '');

async function participantsNamed({ db }: SignedIn, eventId: string, rows: Row[]) {
	const { rows: found } = await db.execute<{ id: string; number: string; listed: boolean }>(sql`
		select ${people.id} as id, lower(${people.staffNumber}::text) as number, exists (
			select 1 from event_participants p where p.event_id = ${eventId} and p.person_id = ${people.id} and p.state <> 'removed') as listed
		from ${people} where ${people.staffNumber} = any(${sql.param(rows.map(({ number }) => number))}::citext[])`);
	return new Map(found.map((person) => [person.number, person]));
}
