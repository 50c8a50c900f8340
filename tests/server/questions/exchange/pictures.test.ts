import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { and, eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { questionDrafts, questionImages, questions } from '#db/schema/questions.ts';
import { exportQuestions } from '#lib/server/questions/exchange/export-questions.ts';
import { importQuestions } from '#lib/server/questions/exchange/import-questions.ts';
import type { FormatName } from '#lib/server/questions/formats/all-formats.ts';
import type { Loss, Reading } from '#lib/server/questions/formats/format.ts';
import { readQuestionFile } from '#lib/server/questions/formats/read-file.ts';
import { aBankOffice, aCaseWording, aDraft } from '#tests/factories/bank.ts';
import { aJpeg, aPng, aZip } from '#tests/factories/files.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aTrueFalse } from '#tests/factories/questions.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';
import { addPicture } from '#lib/server/questions/pictures.ts';
import { saveDraft } from '#lib/server/questions/save-draft.ts';

const file = (name: string, bytes: Buffer) =>
	`<file name="${name}" path="/" encoding="base64">${bytes.toString('base64')}</file>`;

const moodle = (html: string, files = '', answer = '') => `<quiz><question type="truefalse">
	<questiontext format="html"><text><![CDATA[${html}]]></text>${files}</questiontext>
	<answer fraction="100"><text>true</text></answer>
	<answer fraction="0"><text>false</text><feedback format="html"><text><![CDATA[${answer}]]></text></feedback></answer>
</question></quiz>`;

const readXml = async (text: string) => (await readQuestionFile(Buffer.from(text), 'quiz.xml')).reading;
const stemOf = ({ questions: [first] }: Reading) => {
	const { wording } = first!.question;
	return wording.kind === 'case' ? wording.situation : wording.stem;
};

describe('pictures of other tools', () => {
	test('Moodle’s come along under plain names, the same one once', async () => {
		const bytes = aPng();
		const reading = await readXml(
			moodle(
				'<p>看<img src="@@PLUGINFILE@@/%E5%B7%A5%E8%B5%84%20Chart.PNG" alt="工资表">和<img src="@@PLUGINFILE@@/again.png"></p>',
				file('工资 Chart.PNG', bytes) + file('again.png', bytes)
			)
		);
		expect(stemOf(reading)).toBe('看![工资表](chart.png)和![](chart.png)');
		expect(reading.questions[0]!.question.pictures).toEqual([{ name: 'chart.png', base64: bytes.toString('base64') }]);
		expect(reading.unsupported).toEqual([]);
	});

	test('a picture in its own address comes along', async () => {
		const reading = await readXml(
			moodle(`图<img src="data:image/jpeg;base64,${aJpeg().toString('base64')}" alt="章">`)
		);
		expect(stemOf(reading)).toBe('图![章](picture.jpg)');
	});

	test.each([
		[
			'what is no picture by its bytes',
			'<img src="@@PLUGINFILE@@/a.png">',
			file('a.png', Buffer.from('<svg onload="alert(1)"/>'))
		],
		['what is larger than a picture may be', '<img src="@@PLUGINFILE@@/a.png">', file('a.png', aPng(1, 2 ** 21))],
		['what the file does not hold', '<img src="@@PLUGINFILE@@/a.png">', ''],
		['what stands somewhere else', '<img src="https://example.org/a.png">', ''],
		['a file that no text shows', '', file('a.png', aPng())]
	])('%s is left behind, and said', async (_, html, files) => {
		const reading = await readXml(moodle(`题${html}`, files));
		expect(stemOf(reading)).toBe('题');
		expect(reading.questions[0]!.question.pictures).toBeUndefined();
		expect(reading.unsupported.map(({ feature }) => feature)).toEqual(['images']);
	});

	test('a reason is plain text and shows none', async () => {
		const reading = await readXml(moodle('题', '', '<img src="@@PLUGINFILE@@/a.png">不对'));
		expect(reading.unsupported.map(({ feature }) => feature)).toEqual(['images']);
	});

	test('those of a QTI package are found beside or above the item, as img or as object', async () => {
		const item = `<assessmentItem identifier="i" title="">
			<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>true</value></correctResponse></responseDeclaration>
			<itemBody><p>甲<img src="../media/a.png" alt="一"/>乙<object data="b.jpg" type="image/jpeg">二</object></p>
			<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><simpleChoice identifier="true">对</simpleChoice><simpleChoice identifier="false">错</simpleChoice></choiceInteraction></itemBody></assessmentItem>`;
		const { reading } = await readQuestionFile(
			await aZip({ 'items/i.xml': item, 'media/a.png': aPng(), 'items/b.jpg': aJpeg() }),
			'package.zip'
		);
		expect(stemOf(reading)).toBe('甲![一](a.png)乙![二](b.jpg)');
		expect(reading.questions[0]!.question.pictures?.map(({ name }) => name)).toEqual(['a.png', 'b.jpg']);
		expect(reading.unsupported).toEqual([]);
	});
});

for (const format of ['moodle-xml', 'qti21', 'qti22', 'qti3'] as const satisfies FormatName[])
	test(`pictures leave one bank and enter another through ${format}, those of a case with the case`, async ({
		ctx
	}) => {
		const [from, to] = [await aBankOffice(ctx), await aBankOffice(ctx)];
		const id = await aDraft(from.author, from.unit, aCaseWording());
		const name = await addPicture(from.author, { questionId: id, name: 'wages.png', bytes: aPng() });
		await addPicture(from.author, { questionId: id, name: 'unused.png', bytes: aPng(4, 4) });
		const content = aCaseWording({ situation: `看![工资表](${name})` });
		const parts = await ctx.db.select().from(questions).where(eq(questions.caseId, id)).orderBy(questions.position);
		content.questions = content.questions.map((part, index) => ({
			...part,
			id: parts[index]!.code,
			stem: `![表](${name})${part.stem}`
		}));
		await saveDraft(from.author, { questionId: id, content });

		const lost: Loss[] = [];
		const legal = as(ctx, (await aPerson(ctx, { unit: from.unit })).id, { role: 'legal', unit: from.unit });
		const { pieces } = await exportQuestions(legal, {
			filter: { origin: 'bank' },
			format,
			lose: (place, feature) => void lost.push({ place, feature })
		});
		const { reading } = await readQuestionFile(await buffer(Readable.from(pieces)), 'bank');
		expect([...lost, ...reading.unsupported]).toEqual([]);

		const use = 'exam';
		const { imported } = await importQuestions(to.author, {
			unitId: to.unit.id,
			authorId: to.author.actor.personId,
			use,
			reading
		});
		const [row] = await ctx.db.select().from(questions).where(eq(questions.code, imported[0]!.code));
		const kept = await ctx.db.select().from(questionImages).where(eq(questionImages.questionId, row!.id));
		expect(kept).toMatchObject([{ name, mediaType: 'image/png', bytes: aPng(), addedBy: to.author.actor.personId }]);
		const drafts = await ctx.db
			.select({ content: questionDrafts.content })
			.from(questionDrafts)
			.innerJoin(questions, and(eq(questions.id, questionDrafts.questionId), eq(questions.caseId, row!.id)));
		expect(JSON.stringify(drafts)).toContain(`![表](${name})`);
	});

test('a format without room for pictures says so', async ({ ctx }) => {
	const { author, unit, reviewer } = await aBankOffice(ctx);
	const id = await aDraft(author, unit, aTrueFalse({ articles: [] }));
	const name = await addPicture(author, { questionId: id, name: 'a.png', bytes: aPng() });
	await saveDraft(author, { questionId: id, content: aTrueFalse({ articles: [], stem: `看![图](${name})` }) });
	const lost: Loss[] = [];
	const { pieces } = await exportQuestions(reviewer, {
		filter: { origin: 'bank' },
		format: 'gift',
		lose: (place, feature) => void lost.push({ place, feature })
	});
	expect((await buffer(Readable.from(pieces))).toString()).toContain(name);
	expect(lost.map(({ feature }) => feature)).toContain('images');
});
