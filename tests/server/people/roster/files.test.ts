import { buffer } from 'node:stream/consumers';
import excel from 'exceljs';
import { expect, test } from 'vitest';
import { rosterFields } from '#lib/schemas/roster.ts';
import { matchColumns } from '#lib/server/people/roster/match-columns.ts';
import type { RosterImportRow } from '#lib/server/people/roster/queries.ts';
import { isExample, readRow } from '#lib/server/people/roster/read-row.ts';
import { readTable } from '#lib/server/people/roster/read-table.ts';
import { resultSheet } from '#lib/server/people/roster/result-sheet.ts';
import { templateCsv, templateXlsx } from '#lib/server/people/roster/template.ts';
import { writeCsv } from '#lib/server/platform/tables/write-csv.ts';

test('the template reads back: every column found, its example without a problem and passed over', async () => {
	for (const file of [await templateXlsx(), await buffer(templateCsv())]) {
		const { headers, rows } = await readTable(file);
		const columns = matchColumns(headers);
		expect(Object.keys(columns)).toEqual(rosterFields);
		for await (const { cells } of rows) {
			const { values, problems } = readRow(cells, columns, false);
			expect(isExample(values)).toBe(true);
			expect(problems.filter(({ field }) => field !== 'staffNumber')).toEqual([]);
		}
	}
});

test('the template explains every column, and offers the values of those with few', async () => {
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await templateXlsx()) as unknown as excel.Buffer);
	const [roster, guide, lists] = workbook.worksheets;
	expect(guide!.getColumn(1).values.slice(2, 2 + rosterFields.length)).toEqual(
		(roster!.getRow(1).values as string[]).slice(1)
	);
	expect(roster!.getCell(2, rosterFields.indexOf('rank') + 1).dataValidation.formulae).toEqual([
		`'${lists!.name}'!$B$2:$B$14`
	]);
});

async function* theRows(): AsyncGenerator<RosterImportRow> {
	const row = { importId: '', personId: null, selected: true, changes: null, problems: null };
	yield { ...row, row: 2, verdict: 'new', values: { staffNumber: '1', name: '白景行' } };
	yield { ...row, row: 3, verdict: 'new', selected: false, values: { staffNumber: '2', name: '单既明' } };
	yield {
		...row,
		row: 4,
		verdict: 'changed',
		values: { staffNumber: '3', name: '程未央' },
		changes: { title: { from: '科员', to: '处长' } }
	};
	yield {
		...row,
		row: 5,
		verdict: 'wrong',
		selected: false,
		values: { staffNumber: '=1+1', name: '甲,乙' },
		problems: [{ field: 'staffNumber', key: 'roster.formula' }]
	};
}

test('the result says of every row what became of it, and runs nothing', async () => {
	const sheet = resultSheet({ fileName: 'a.xlsx', status: 'committed' }, theRows(), ({ key }) => key);
	const lines = (await buffer(writeCsv(sheet))).toString().split('\r\n');
	expect(lines[0]).toBe('\ufeff行,工号,姓名,结果,原因,改动');
	expect(lines.slice(1, 5)).toEqual([
		'2,1,白景行,已新增,,',
		'3,2,单既明,未勾选,,',
		'4,3,程未央,已变更,,职务：科员改为处长',
		`5,'=1+1,"甲,乙",未写入,工号：roster.formula,`
	]);
});
