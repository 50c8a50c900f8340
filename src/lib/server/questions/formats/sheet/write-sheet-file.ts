import type { Column } from '#lib/server/platform/xlsx.ts';
import { streamXlsx } from '#lib/server/platform/xlsx.ts';
import { writeCsv } from '#lib/server/platform/tables/write-csv.ts';
import type { ExchangeQuestion } from '../exchange-question.ts';
import { flatten } from '../flat-questions.ts';
import type { Lose } from '../format.ts';
import { limits } from '../limits.ts';
import { eachWritable } from '../writable.ts';
import { guarded } from './cells.ts';
import { fields, headerOf, type SheetField } from './columns.ts';
import type { RowValues } from './read-sheet-file.ts';
import { rowOf } from './row-of.ts';

const widths: Partial<Record<SheetField, number>> = { stem: 60, explanation: 60, articles: 28 };

/** The columns of a sheet of questions, for some fields. */
export const columnsFor = (shown: readonly SheetField[], language: 0 | 1 = 0): Column<RowValues>[] =>
	shown.map((field) => ({
		header: headerOf(field, language),
		width: widths[field] ?? (field.startsWith('option') ? 24 : 12),
		value: (row) => guarded(row[field] ?? '')
	}));

async function* rowsOf(questions: AsyncIterable<ExchangeQuestion>, lose: Lose): AsyncGenerator<RowValues> {
	for await (const { question, number } of eachWritable(questions, lose)) {
		for (const entry of flatten(question, number)) {
			const row = rowOf(entry, (feature) => lose(entry.place, feature));
			if (row && Object.values(row).some((text) => text.length >= limits.cell)) lose(entry.place, 'too-long');
			if (row) yield row;
		}
	}
}

/** Writes a workbook of one sheet, row by row. */
export const writeXlsxQuestions = (
	questions: AsyncIterable<ExchangeQuestion>,
	lose: Lose,
	{ now }: { now: Date }
): AsyncIterable<Uint8Array> =>
	streamXlsx({ now }, { title: '题库', columns: columnsFor(fields), rows: rowsOf(questions, lose) });

/** Writes the same as CSV, in UTF-8 with the mark by which spreadsheets know it. */
export const writeCsvQuestions = (questions: AsyncIterable<ExchangeQuestion>, lose: Lose): AsyncIterable<Uint8Array> =>
	writeCsv({ title: '', columns: columnsFor(fields), rows: rowsOf(questions, lose) });
