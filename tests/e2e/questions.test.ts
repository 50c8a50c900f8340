import type { Page } from '@playwright/test';
import type { Context } from '#lib/server/platform/context.ts';
import { submitDraft } from '#lib/server/questions/move-draft.ts';
import { aBankQuestion, aCaseWording, aDraft } from '../factories/bank.ts';
import { aPerson } from '../factories/people.ts';
import { aSingle } from '../factories/questions.ts';
import { aStatute } from '../factories/statutes.ts';
import { aGrant, as, aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

/** An author and a reviewer of one unit. */
async function anOffice(ctx: Context) {
	const unit = await aUnit(ctx);
	const [author, reviewer] = [await aPerson(ctx, { unit }), await aPerson(ctx, { unit })];
	await aGrant(ctx, author.id, 'author', unit);
	await aGrant(ctx, reviewer.id, 'legal', unit);
	return { unit, author, reviewer };
}

const option = (page: Page, letter: string) => page.getByRole('textbox', { name: `选项${letter}`, exact: true });

for (const javaScriptEnabled of [true, false]) {
	test.describe(javaScriptEnabled ? 'with a script' : 'without a script', () => {
		test.use({ javaScriptEnabled });

		test('an author writes a question, somebody else publishes it, and the list finds it', async ({
			page,
			ctx,
			signIn
		}) => {
			const { author, reviewer } = await anOffice(ctx);
			const statute = await aStatute(ctx);
			const stem = `${javaScriptEnabled ? '有' : '无'}脚本：劳动关系从哪天起建立${Date.now()}？`;
			await signIn(page, author);
			await page.goto('/manage/questions');
			await page.getByRole('link', { name: '出题' }).click();
			await page.getByRole('link', { name: '单选' }).click();

			await page.getByLabel('题干').fill(stem);
			await option(page, 'A').fill('签约那天');
			await option(page, 'B').fill('用工那天');
			await page.getByLabel('选项A为什么错').fill('签约只是约定');
			await page.getByLabel('按条号加：法律').selectOption(statute.slug);
			await page.getByRole('textbox', { name: '条号' }).fill('2');
			await page.getByRole('button', { name: '保存草稿' }).click();
			await expect(page.getByText('单选题恰好勾选一个正确选项。')).toBeVisible();
			await expect(page.getByLabel('题干')).toHaveValue(stem);

			await page.getByRole('radio', { name: 'B' }).check();
			await page.getByRole('button', { name: '保存草稿' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toContainText('题目q-');
			const address = page.url();
			await page.getByRole('button', { name: '提交审核' }).click();
			await expect(page.getByText('提交了审核')).toBeVisible();
			await expect(page.getByRole('button', { name: '审核通过，发布' })).toHaveCount(0);

			await signIn(page, reviewer);
			await page.goto('/manage/questions?view=review');
			await page.getByRole('link', { name: stem }).click();
			await page.getByLabel('需要怎样修改').fill('先看第二条');
			await page.getByRole('button', { name: '退回作者' }).click();
			await expect(page.getByText('没有等你审核的题')).toBeVisible();

			await signIn(page, author);
			await page.goto(address);
			await expect(page.getByText('先看第二条')).toBeVisible();
			await page.getByRole('link', { name: '修改' }).click();
			await page.getByLabel('解析').fill('关系以用工之日为起点。');
			await page.getByRole('button', { name: '保存草稿' }).click();
			await page.getByRole('button', { name: '提交审核' }).click();
			await expect(page.getByRole('button', { name: '收回修改' })).toBeVisible();

			await signIn(page, reviewer);
			await page.goto(address);
			await page.getByRole('button', { name: '审核通过，发布' }).click();
			await expect(page.getByText('没有等你审核的题')).toBeVisible();
			await page.goto(`/manage/questions?statute=${statute.slug}&article=2&kind=single&state=published`);
			await expect(page.getByRole('link', { name: stem })).toBeVisible();
			await page.getByRole('link', { name: stem }).click();
			await expect(page.getByText('审核发布题目')).toBeVisible();
			await page.getByRole('button', { name: '停用' }).click();
			await expect(page.getByText('题目已停用。')).toBeVisible();
		});

		test('a picture is added in the middle of writing, and nothing typed is lost', async ({ page, ctx, signIn }) => {
			const { unit, author } = await anOffice(ctx);
			const id = await aDraft(as(ctx, author.id, { role: 'author', unit }), unit, aSingle({ articles: [] }));
			await signIn(page, author);
			await page.goto(`/manage/questions/${id}/edit`);
			await page.getByLabel('题干').fill('看图：![工资表](wages.png)');
			const png = Buffer.from(
				'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
				'base64'
			);
			await page
				.getByLabel('图片文件')
				.setInputFiles({ name: 'wages.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
			await page.getByRole('button', { name: '上传图片' }).click();
			await expect(page.getByText('只收PNG、JPEG和WebP图片')).toBeVisible();
			await page.getByLabel('图片文件').setInputFiles({ name: 'wages.png', mimeType: 'image/png', buffer: png });
			await page.getByRole('button', { name: '上传图片' }).click();
			await expect(page.getByText('图片已上传')).toBeVisible();
			await expect(page.getByLabel('题干')).toHaveValue('看图：![工资表](wages.png)');
			await page.getByRole('button', { name: '保存草稿' }).click();
			const picture = page.getByRole('img', { name: '工资表' });
			await expect(picture).toBeVisible();
			expect((await page.request.get((await picture.getAttribute('src'))!)).status()).toBe(200);
		});
	});
}

test('the preview shows Markdown while it is written, and warns of a question that is much like it', async ({
	page,
	ctx,
	signIn
}) => {
	const { unit, author } = await anOffice(ctx);
	const known = '甲公司与郑某约定的试用期最长不得超过几个月？';
	await aBankQuestion(ctx, aSingle({ stem: known }), { unit });
	await signIn(page, author);
	await page.goto('/manage/questions/new?kind=short-answer');
	await page.getByLabel('题干').fill('甲公司与郑某约定的**试用期**最长不得超过几个月');
	await expect(page.locator('.question-preview strong', { hasText: '试用期' })).toBeVisible();
	await expect(page.locator('.question-preview').getByRole('link', { name: known })).toBeVisible();
});

test('a case is written with its questions, and gains one', async ({ page, ctx, signIn }) => {
	const { unit, author } = await anOffice(ctx);
	const id = await aDraft(as(ctx, author.id, { role: 'author', unit }), unit, aCaseWording());
	await signIn(page, author);
	await page.goto(`/manage/questions/${id}/edit`);
	await page.getByLabel('再加一问').selectOption('true-false');
	await page.getByRole('button', { name: '加', exact: true }).click();
	const third = page.getByRole('group', { name: '第3问' });
	await third.getByLabel('题干').fill('工会可以代他主张。');
	await third.getByRole('radio', { name: '正确' }).check();
	await page.getByRole('button', { name: '保存草稿' }).click();
	await expect(page.getByText('第3问')).toBeVisible();
	await expect(page.getByText('工会可以代他主张。')).toBeVisible();
});

test('chosen questions are tagged at once', async ({ page, ctx, signIn }) => {
	const { unit, author, reviewer } = await anOffice(ctx);
	for (const stem of ['甲', '乙']) await aBankQuestion(ctx, aSingle({ stem: `${stem}${unit.id}` }), { unit });
	const draft = await aDraft(as(ctx, author.id, { role: 'author', unit }), unit);
	await submitDraft(as(ctx, author.id, { role: 'author', unit }), { questionId: draft });
	await signIn(page, reviewer);
	await page.goto('/manage/questions?origin=bank&state=published');
	await page.getByRole('checkbox', { name: '选择本页全部' }).check();
	await page.getByRole('textbox', { name: '加标签' }).fill('期限，常错');
	await page.getByRole('button', { name: '改标签' }).click();
	await expect(page.getByText('改了2道题的标签。')).toBeVisible();
	await expect(page.getByRole('row').filter({ hasText: '常错' })).toHaveCount(2);
	await page.goto('/manage/questions');
	await expect(page.getByRole('link', { name: /待我审核\s*1/ })).toBeVisible();
});
