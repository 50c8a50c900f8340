import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { questionDrafts, questions } from '#db/schema/questions.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aStatute } from '#tests/factories/statutes.ts';
import { aGrant, aUnit, theProvince } from '#tests/factories/units.ts';
import { runMingfa } from '#tests/setup/mingfa-process.ts';
import { test } from '#tests/setup/test.ts';

const gift = `// [id:own-1] [tag:article:example-act/2] [tag:difficulty:2] [tag:试用期]
::一::试用期最长几个月？{=六个月 ~三个月#见示例法 ~一年}

// 引用了没有收录的条文
// [tag:article:example-act/99]
这一条有没有？{T}

两边都没有答案。{}

只有文字

示例法第三条说的是期限。{TRUE#就是期限####见条文}
`;

test('imports questions from the shell as drafts, says which rows were refused and why, and takes nothing twice', async ({
	freshDatabase,
	onTestFinished
}) => {
	const { ctx, url } = await freshDatabase();
	const province = await theProvince(ctx);
	const unit = await aUnit(ctx);
	const author = await aPerson(ctx, { unit });
	await aGrant(ctx, author.id, 'author', unit);
	const keeper = await aPerson(ctx, { unit: province });
	await aGrant(ctx, keeper.id, 'legal', province);
	await aStatute(ctx, { slug: 'example-act' });
	const folder = await mkdtemp(path.join(tmpdir(), 'mingfa-import-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const file = path.join(folder, 'bank.gift');
	await writeFile(file, gift);
	const mingfa = (...argv: string[]) =>
		runMingfa(['import', 'questions', ...argv], { DATABASE_URL: url, MINGFA_DATA: folder });
	const bank = () => ctx.db.select().from(questions);

	const dry = await mingfa(file, '--dry-run', '--json');
	expect(dry.code).toBe(2);
	expect(JSON.parse(dry.stdout)).toMatchObject({
		imported: 2,
		refused: [
			{ line: 6, code: 'formats.article-unknown', reason: '没有收录条文“example-act/99”。' },
			{ line: 8, code: 'question.reference-missing' },
			{ line: 10, code: 'formats.text-only' }
		]
	});
	expect(await bank()).toEqual([]);

	const done = await mingfa(file, '--unit', unit.code, '--use', 'exam', '--json');
	expect(done.code).toBe(2);
	expect(JSON.parse(done.stdout)).toMatchObject({ imported: 2, unsupported: [] });
	const [single] = await bank();
	expect(single).toMatchObject({
		kind: 'single',
		state: 'unpublished',
		use: 'exam',
		tags: ['试用期'],
		unitId: unit.id
	});
	const [draft] = await ctx.db.select().from(questionDrafts).where(eq(questionDrafts.questionId, single!.id));
	expect(draft).toMatchObject({ state: 'draft', difficulty: 2, authorId: author.id, articleIds: [expect.any(String)] });
	expect(draft!.content).toMatchObject({ id: single!.code, key: ['A'], articles: ['example-act/2'] });
	expect(await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'question.imported'))).toHaveLength(2);

	const again = await mingfa(file, '--by', author.staffNumber, '--unit', unit.code, '--json');
	expect(JSON.parse(again.stdout)).toMatchObject({
		imported: 0,
		refused: expect.arrayContaining([expect.objectContaining({ line: 2, code: 'formats.already-there' })])
	});
	expect(await bank()).toHaveLength(2);

	await writeFile(path.join(folder, 'good.txt'), '几年？\nA. 一年\nB. 两年\nANSWER: B\n');
	expect(await mingfa(path.join(folder, 'good.txt'))).toMatchObject({
		code: 0,
		stdout: '已导入1题，0题没有导入\n',
		stderr: ''
	});

	await writeFile(path.join(folder, 'bad.xml'), '<!DOCTYPE quiz [<!ENTITY a "b">]><quiz/>');
	expect(await mingfa(path.join(folder, 'bad.xml'))).toMatchObject({
		code: 1,
		stderr: expect.stringContaining('DOCTYPE')
	});
	expect((await mingfa(file, '--format', 'word')).code).toBe(2);
	expect((await mingfa(path.join(folder, 'nowhere.gift'))).code).toBe(2);
}, 90_000);
