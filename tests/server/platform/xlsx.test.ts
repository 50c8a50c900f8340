import { Readable } from 'node:stream';
import excel from 'exceljs';
import { expect, test } from 'vitest';
import { type Sheet, sheetOf, streamXlsx } from '#lib/server/platform/xlsx.ts';
import { testNow } from '#tests/setup/test.ts';

type Row = { name: string; hours: number | null; on: string | null };

const columns: Sheet<Row>['columns'] = [
	{ header: '姓名', width: 12, value: ({ name }) => name },
	{ header: '学时', value: ({ hours }) => hours },
	{ header: '日期', value: ({ on }) => on }
];
const people: Row[] = [
	{ name: '白景行', hours: 12.5, on: '2026-11-23' },
	{ name: '=HYPERLINK("http://x")', hours: -3, on: null },
	{ name: 'a & <b> "c"', hours: null, on: '2026-01-01' }
];

async function read(stream: ReadableStream<Uint8Array>) {
	const workbook = new excel.Workbook();
	await workbook.xlsx.read(Readable.fromWeb(stream as never));
	return workbook;
}

test('what is written reads back: headers, texts, numbers, dates as text', async () => {
	const workbook = await read(streamXlsx({ now: testNow }, { title: '人员/名单', columns, rows: people }));
	const sheet = workbook.getWorksheet('人员 名单');

	expect(sheet?.getSheetValues().slice(1)).toEqual([
		[undefined, '姓名', '学时', '日期'],
		[undefined, '白景行', 12.5, '2026-11-23'],
		[undefined, '\'=HYPERLINK("http://x")', -3],
		[undefined, 'a & <b> "c"', undefined, '2026-01-01']
	]);
	expect(sheet?.getCell('A3').type).toBe(excel.ValueType.String);
	expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
	expect(sheet?.getColumn(1).width).toBe(12);
	expect(workbook.created).toEqual(testNow);
});

test('a list of nobody still has its headers', async () => {
	const workbook = await read(streamXlsx({ now: testNow }, { title: '空', columns, rows: [] }));
	expect(workbook.worksheets[0]?.rowCount).toBe(1);
});

test('sheets of other rows stand in one workbook', async () => {
	const figures: Sheet<number> = {
		title: '题目',
		columns: [{ header: '得分率', value: (row) => row }],
		rows: [0.5, 0.25]
	};
	const workbook = await read(
		streamXlsx({ now: testNow }, [sheetOf({ title: '人员', columns, rows: people }), sheetOf(figures)])
	);
	expect(workbook.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
		['人员', 4],
		['题目', 3]
	]);
	expect(workbook.getWorksheet('题目')?.getCell('A3').value).toBe(0.25);
});

test('rows are asked for no faster than they are read, and no longer than somebody reads', async () => {
	let asked = 0;
	let closed = false;
	async function* endless() {
		try {
			for (;;) yield { name: `${Math.sin(++asked)}`, hours: asked, on: null };
		} finally {
			closed = true;
		}
	}
	const reader = streamXlsx({ now: testNow }, { title: '很多', columns, rows: endless() }).getReader();
	await reader.read();
	await expect
		.poll(async () => {
			const before = asked;
			await new Promise((resolve) => setImmediate(resolve));
			return asked > 0 && asked === before;
		})
		.toBe(true);
	expect(asked).toBeLessThan(50_000);

	await reader.cancel();
	await expect.poll(() => closed).toBe(true);
});

test('a failure among the rows reaches the reader', async () => {
	async function* failing(): AsyncGenerator<Row> {
		yield { name: '白景行', hours: 1, on: null };
		throw new Error('the database went away');
	}
	const reader = streamXlsx({ now: testNow }, { title: '断', columns, rows: failing() }).getReader();
	const readAll = async () => {
		for (;;) if ((await reader.read()).done) return;
	};
	await expect(readAll()).rejects.toThrow('the database went away');
});
