import { readCsv } from '../../platform/tables/read-csv.ts';
import { readXlsx } from '../../platform/tables/read-xlsx.ts';
import type { TableLimits } from '../../platform/tables/limits.ts';
import { invalid } from '../../platform/errors.ts';
import type { Grade } from '#lib/schemas/assessments.ts';

const megabyte = 2 ** 20;
const limits: TableLimits = {
	columns: 60,
	cell: 2_000,
	parts: 500,
	unpacked: 200 * megabyte,
	strings: 500_000,
	ratio: 200
};
const most = 20_000;

type Read = { row: number; staffNumber: string; name: string; grade: Grade | null };

/** The words by which grades and columns are known; the committee's sheet is usually the export filled in. */
const gradeWords: Record<string, Grade> = {
	优秀: 'excellent',
	称职: 'competent',
	合格: 'competent',
	基本称职: 'basically-competent',
	基本合格: 'basically-competent',
	不称职: 'incompetent',
	不合格: 'incompetent',
	excellent: 'excellent',
	competent: 'competent',
	'basically competent': 'basically-competent',
	incompetent: 'incompetent'
};
const headers = {
	staffNumber: /^(工号|人员编号|编号|staff number|staff no\.?)$/i,
	name: /^(姓名|name)$/i,
	grade: /^(年度考核等次|考核等次|等次|annual grade|grade)$/i
};

/**
 * The rows of the committee's sheet: staff number, name (if it has one) and grade, by the headings of its first rows.
 * @throws invalid table.… | grades.no-columns | grades.too-many
 */
export async function readGrades(file: Buffer): Promise<Read[]> {
	const table = file.subarray(0, 2).toString('latin1') === 'PK' ? await readXlsx(file, limits) : readCsv(file, limits);
	let columns: { staffNumber: number; name: number; grade: number } | undefined;
	const read: Read[] = [];
	for await (const { row, cells } of table.rows) {
		const texts = cells.map((cell) => (typeof cell === 'string' ? cell.trim() : ''));
		if (!columns) {
			const found = {
				staffNumber: texts.findIndex((text) => headers.staffNumber.test(text)),
				name: texts.findIndex((text) => headers.name.test(text)),
				grade: texts.findIndex((text) => headers.grade.test(text))
			};
			if (found.staffNumber >= 0 && found.grade >= 0) columns = found;
			else if (row > 20) break;
			continue;
		}
		const word = texts[columns.grade] ?? '';
		const staffNumber = texts[columns.staffNumber] ?? '';
		if (!staffNumber || !word) continue; // a line without a decision, or below the table
		if (read.length === most) throw invalid('grades.too-many', { field: 'file', values: { limit: most } });
		read.push({ row, staffNumber, name: texts[columns.name] ?? '', grade: gradeWords[word.toLowerCase()] ?? null });
	}
	if (!columns) throw invalid('grades.no-columns', { field: 'file' });
	return read;
}
