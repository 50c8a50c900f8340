import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { readGift } from '#lib/server/questions/formats/gift/read-gift.ts';
import { readQti } from '#lib/server/questions/formats/qti/read-qti.ts';
import { aBankOffice, aBankQuestion, aCaseWording, aDraft } from '#tests/factories/bank.ts';
import { aNumeric, aSingle } from '#tests/factories/questions.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { aUnit } from '#tests/factories/units.ts';
import { runMingfa } from '#tests/setup/mingfa-process.ts';
import { test } from '#tests/setup/test.ts';

test('exports questions from the shell, says what the format leaves behind, and puts it on record', async ({
	freshDatabase,
	onTestFinished
}) => {
	const { ctx, url } = await freshDatabase();
	await aStatute(ctx, { slug: 'labour-contract', articles: 90 });
	const { unit, author } = await aBankOffice(ctx);
	const single = await aBankQuestion(ctx, aSingle(), { unit, topic: '用工', tags: ['新任', 'a:b'] });
	await aBankQuestion(ctx, aNumeric(), { unit });
	await aDraft(author, unit, aCaseWording());
	await aBankQuestion(ctx, aSingle({ stem: '别处的一题？' }), { unit: await aUnit(ctx) });
	const folder = await mkdtemp(path.join(tmpdir(), 'mingfa-export-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const to = (name: string) => path.join(folder, name);
	const mingfa = (...argv: string[]) =>
		runMingfa(['export', 'questions', '--unit', unit.code, ...argv], { DATABASE_URL: url, MINGFA_DATA: folder });

	const gift = await mingfa('--format', 'gift', '--out', to('bank.gift'), '--json');
	expect(gift).toMatchObject({ code: 2, stderr: '' });
	const { exported, unsupported } = JSON.parse(gift.stdout);
	expect(exported).toBe(2);
	expect(unsupported).toEqual([
		expect.objectContaining({ feature: 'question', text: expect.stringContaining('整道题') })
	]);
	const read = await readGift(await readFile(to('bank.gift')));
	expect(read.refused).toEqual([]);
	expect(read.questions.map(({ question }) => question)).toContainEqual(
		expect.objectContaining({
			code: single.code,
			articles: ['labour-contract/82'],
			topic: '用工',
			tags: ['新任', 'a:b'],
			use: 'exam',
			wording: expect.objectContaining({ kind: 'single', key: ['B'] })
		})
	);
	expect(read.questions.find(({ question }) => question.wording.kind === 'case')?.question).toMatchObject({
		questions: [{ wording: { kind: 'true-false' } }, { wording: { kind: 'single' } }]
	});

	expect(await mingfa('--format', 'moodle-xml', '--out', to('bank.xml'))).toMatchObject({ code: 0 });
	expect(
		await mingfa('--format', 'qti3', '--kind', 'single', '--q', single.code, '--out', to('one.xml'))
	).toMatchObject({
		code: 0,
		stdout: '已导出1题\n'
	});
	const item = await readQti(await readFile(to('one.xml')));
	expect(item.questions[0]!.question).toMatchObject({ code: single.code, wording: { key: ['B'] } });

	expect((await mingfa('--format', 'gift')).code).toBe(2);
	expect((await mingfa('--format', 'gift', '--kind', 'riddle', '--out', to('x.gift'))).code).toBe(2);
	expect(await mingfa('--format', 'qti3', '--out', to('many.xml'))).toMatchObject({ code: 1 });
	expect((await readdir(folder)).filter((name) => name.endsWith('.part') || name.startsWith('x.'))).toEqual([]);

	const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'question.exported'));
	expect(lines.map(({ details }) => details)).toContainEqual({ format: 'gift', count: 3 });
}, 90_000);
