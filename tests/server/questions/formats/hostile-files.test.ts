import { ZipFile } from 'yazl';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { formats } from '#lib/server/questions/formats/all-formats.ts';
import { limits } from '#lib/server/questions/formats/limits.ts';
import { readQuestionFile, recognise } from '#lib/server/questions/formats/read-file.ts';
import { htmlToText } from '#lib/server/questions/formats/xml/html-to-text.ts';

const read = (text: string | Buffer, name = 'file.xml') => readQuestionFile(Buffer.from(text), name);

function zipOf(parts: Record<string, string | Buffer>): Promise<Buffer> {
	const zip = new ZipFile();
	for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name);
	zip.end();
	return buffer(zip.outputStream as unknown as AsyncIterable<Uint8Array>);
}

const item = (body: string) =>
	`<assessmentItem identifier="a" title=""><responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"><correctResponse><value>x</value></correctResponse></responseDeclaration><itemBody>${body}</itemBody></assessmentItem>`;

describe('hostile files', () => {
	test.each([
		{
			is: 'an external entity',
			text: '<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
			code: 'formats.doctype'
		},
		{
			is: 'entities within entities',
			text: '<?xml version="1.0"?>\n<!DOCTYPE q [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>',
			code: 'formats.doctype'
		},
		{ is: 'an entity that nothing declares', text: '<quiz>&nbsp;</quiz>', code: 'formats.xml' },
		{
			is: 'elements a thousand deep',
			text: `<quiz>${'<a>'.repeat(1_000)}${'</a>'.repeat(1_000)}</quiz>`,
			code: 'formats.xml-size'
		},
		{
			is: 'elements by the million',
			text: `<quiz>${'<a/>'.repeat(limits.elements + 1)}</quiz>`,
			code: 'formats.xml-size'
		},
		{ is: 'XML that breaks off', text: '<quiz><question type="essay">', code: 'formats.xml' },
		{ is: 'something else in XML', text: '<html/>', code: 'formats.not-qti' },
		{ is: 'nothing in it', text: '<quiz/>', code: 'formats.nothing' }
	])('refuses $is', async ({ text, code }) => {
		await expect(read(text)).rejects.toMatchObject({ code });
	});

	test('says in which line XML breaks off', async () => {
		await expect(read('<quiz>\n<question>\n</quiz>')).rejects.toMatchObject({
			code: 'formats.xml',
			values: { line: 3 }
		});
	});

	test('refuses more questions than anybody reviews, whatever the format', async () => {
		const gift = '几年？{=一 ~二}\n\n'.repeat(limits.questions + 1);
		await expect(read(gift, 'many.gift')).rejects.toMatchObject({ code: 'formats.too-many' });
		const csv = `题型,题干,答案\n${'判断题,一,对\n'.repeat(limits.questions * 2 + 2)}`;
		await expect(read(csv, 'many.csv')).rejects.toMatchObject({ code: 'formats.too-many' });
	});

	test('refuses packages that unpack to more than they should, and names the parts of a package that are wrong', async () => {
		await expect(read(await zipOf({ 'imsmanifest.xml': Buffer.alloc(65 * 2 ** 20, ' ') }))).rejects.toMatchObject({
			code: 'table.bomb'
		});
		const many = Object.fromEntries(Array.from({ length: limits.parts + 1 }, (_, at) => [`${at}.xml`, 'x']));
		await expect(read(await zipOf(many))).rejects.toMatchObject({ code: 'table.bomb' });

		const resource = (href: string) => `<resource type="imsqti_item_xmlv2p1" href="${href}"/>`;
		const { reading } = await read(
			await zipOf({
				'imsmanifest.xml': `<manifest><resources>${['../../etc/passwd', 'gone.xml', 'bad.xml', 'dtd.xml', 'good.xml'].map(resource).join('')}</resources></manifest>`,
				'bad.xml': '<assessmentItem>\n<itemBody>',
				'dtd.xml': '<!DOCTYPE a><assessmentItem/>',
				'good.xml': item('<p>问<textEntryInteraction responseIdentifier="RESPONSE"/></p>')
			})
		);
		expect(reading.refused.map(({ place, code }) => [place.item, code])).toEqual([
			['../../etc/passwd', 'formats.qti-missing'],
			['gone.xml', 'formats.qti-missing'],
			['bad.xml', 'formats.xml'],
			['dtd.xml', 'formats.doctype']
		]);
		expect(reading.questions).toHaveLength(1);
	});

	test('takes no time over text that was made to take long', () => {
		const started = performance.now();
		for (const text of [
			'<a "'.repeat(50_000),
			'&'.repeat(200_000),
			' '.repeat(190_000),
			'<p>'.repeat(60_000),
			'[a]('.repeat(40_000)
		])
			htmlToText(text, () => {});
		expect(performance.now() - started).toBeLessThan(2_000);
	});

	test('knows what a file is, and reads its cells, in time that grows with their length', async () => {
		const started = performance.now();
		for (const text of ['\n', '\r', '{', '}', ' \n', '答案 '])
			await recognise(Buffer.from(`a${text.repeat(200_000)}b`), 'file.txt').catch(() => {});
		const filled = ['【', ' ', '|', '\\', '。'].map((text) => `填空,x【1】,简答,"a${text.repeat(19_000)}b"`);
		const rows = filled.flatMap((row) => [row, row.replace('填空', '简答')]);
		await formats.csv.read(Buffer.from(['题型,题干,选项A,答案', ...rows].join('\n')));
		expect(performance.now() - started).toBeLessThan(2_000);
	});

	test('reads GIFT and cloze without end in time that grows with their length', async () => {
		const started = performance.now();
		await formats.gift.read(Buffer.from(`问{${'=a\\'.repeat(50_000)}}`));
		await formats.gift.read(Buffer.from(`${'{'.repeat(100_000)}`));
		const cloze = `<quiz><question type="cloze"><questiontext format="markdown"><text>${'{1:SA:=a'.repeat(10_000)}</text></questiontext></question></quiz>`;
		await formats['moodle-xml'].read(Buffer.from(cloze));
		const formula = `<quiz><question type="calculated"><questiontext><text>{a}</text></questiontext><answer fraction="100"><text>${'('.repeat(50_000)}</text></answer></question></quiz>`;
		const { refused } = await formats['moodle-xml'].read(Buffer.from(formula));
		expect(refused).toMatchObject([{ code: 'formats.moodle-formula' }]);
		expect(performance.now() - started).toBeLessThan(3_000);
	});

	test('a cell with a formula is refused by its row, and what a spreadsheet would run leaves guarded', async () => {
		const { reading } = await read("题型,题干,选项A,选项B,答案\n单选题,'=1+1等于几？,'=cmd|calc,二,B\n", 'bank.csv');
		expect(reading.questions[0]!.question.wording).toMatchObject({
			stem: '=1+1等于几？',
			options: [{ text: '=cmd|calc' }, { text: '二' }]
		});
		const file = await buffer(
			formats.csv.write(
				(async function* () {
					yield reading.questions[0]!.question;
				})(),
				() => {}
			)
		);
		expect(String(file)).toContain("'=1+1");
	});
});
