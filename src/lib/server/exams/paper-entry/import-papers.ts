import { eq, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { people } from '#db/schema/people.ts';
import { limits } from '../../people/roster/limits.ts';
import { matchColumns } from '../../people/roster/match-columns.ts';
import { readTable } from '../../people/roster/read-table.ts';
import type { SignedIn } from '../../platform/context.ts';
import { DomainError, type FailureValues, invalid } from '../../platform/errors.ts';
import { enterPaper } from './enter-paper.ts';
import { getEnteredExam } from './entered-exam.ts';

/** A row that was not entered: on which row of the sheet, whose, and the error with its values. */
export interface RefusedPaper {
	row: number;
	staffNumber: string;
	code: string;
	values: FailureValues;
}

export interface ImportedPapers {
	entered: number;
	/** Rows without an answer: nobody sat there, or nobody has filled them in yet. */
	empty: number;
	refused: RefusedPaper[];
}

/** Rows of one file: what is entered while somebody waits. */
const most = 1_000;

/**
 * Enters the answers of many papers from a sheet: a column of staff numbers, and columns headed by the numbers of the questions.
 * Each row is entered by itself or refused with its reason; a file may be sent again, since what is entered already is refused.
 * @throws invalid papers.no-columns | papers.too-many, what the readers of tables throw; not-found exam.not-found
 */
export async function importPapers(ctx: SignedIn, examId: string, file: Buffer): Promise<ImportedPapers> {
	const exam = await getEnteredExam(ctx, examId);
	const table = await readTable(file, { ...limits, columns: 420, cell: 20_000 });
	const numbers = matchColumns(table.headers).staffNumber;
	const slots = table.headers.flatMap((header, column) =>
		/^\d{1,3}$/.test(header.trim()) ? [{ slot: String(Number(header)), column }] : []
	);
	if (numbers === undefined || slots.length === 0) throw invalid('papers.no-columns', { field: 'file' });
	const candidates = await readCandidates(ctx, exam.id);

	// The whole file is read before anything is entered: one that is too long or damaged further down enters nothing.
	const rows = await Array.fromAsync(atMost(most, table.rows));
	const report: ImportedPapers = { entered: 0, empty: 0, refused: [] };
	for (const { row, cells } of rows) {
		const cellOf = (column: number) => cells[column] ?? '';
		const number = cellOf(numbers);
		const staffNumber = typeof number === 'string' ? number.normalize('NFKC').trim() : '';
		const refuse = (code: string, values: FailureValues = {}) =>
			report.refused.push({ row, staffNumber, code, values });
		const given = slots.map(({ slot, column }) => ({ slot, cell: cellOf(column) }));
		const formulas = given.filter(({ cell }) => typeof cell !== 'string');
		const typed = Object.fromEntries(given.map(({ slot, cell }) => [slot, typeof cell === 'string' ? cell : '']));
		const personId = candidates.get(staffNumber.toLowerCase());
		if (formulas.length > 0) refuse('entry.unreadable', { slots: formulas.map(({ slot }) => slot).join(', ') });
		else if (Object.values(typed).every((text) => text.trim() === '')) report.empty++;
		else if (!personId) refuse('candidate.not-found');
		else await enter(personId, typed, refuse);
	}
	return report;

	async function enter(
		personId: string,
		typed: Record<string, string>,
		refuse: (code: string, values?: FailureValues) => void
	): Promise<void> {
		try {
			await enterPaper(ctx, { examId, personId, known: 0, way: 'answers', typed, points: {} });
			report.entered++;
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			refuse(error.code, error.values);
		}
	}
}

async function* atMost<Row>(count: number, rows: AsyncIterable<Row>): AsyncIterable<Row> {
	let read = 0;
	for await (const row of rows) {
		if (++read > count) throw invalid('papers.too-many', { field: 'file', values: { count } });
		yield row;
	}
}

/** Who is due to sit, by staff number; whether the actor may enter them is for entering to say. */
async function readCandidates({ db }: SignedIn, examId: string): Promise<Map<string, string>> {
	const rows = await db
		.select({ id: people.id, number: sql<string>`lower(${people.staffNumber}::text)` })
		.from(examCandidates)
		.innerJoin(people, eq(people.id, examCandidates.personId))
		.where(sql`${examCandidates.examId} = ${examId} and ${examCandidates.status} = 'due'`);
	return new Map(rows.map(({ id, number }) => [number, id]));
}
