import { aPerson } from '../factories/people.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

const shots = process.env.SHOTS;

test('HR says who belongs, sees who that is while the rule is typed, and why somebody is in or out', async ({
	page,
	ctx,
	signIn
}) => {
	const hr = await signIn(page, 'hr');
	const county = await aUnit(ctx, { below: hr.unit, name: '示例县人社局' });
	const leader = await aPerson(ctx, {
		unit: county,
		name: '陈知微',
		leadershipLevel: 'section-chief',
		rank: 'principal-clerk-1',
		title: '股长'
	});
	await aPerson(ctx, { unit: county, name: '冯谨言', rank: 'clerk-1' });

	await page.goto('/manage/audiences');
	await expect(page.getByText('还没有人员范围')).toBeVisible();
	await page.getByRole('link', { name: '新建人员范围' }).click();
	await expect(page.locator('.rule-count')).toHaveText('3人');
	await page.getByLabel('名称').fill('县局股长');
	await page.getByLabel('条件的种类').selectOption({ label: '是否领导职务' });
	await page.getByRole('button', { name: '添加条件' }).click();
	await expect(page.locator('.rule-count')).toHaveText('1人');
	await expect(page.getByRole('combobox', { name: '是否领导职务' })).toBeFocused();
	await expect(page.locator('.rule-sentence')).toHaveText(`${hr.unit.name}及下级单位的在职人员中，担任领导职务的人。`);

	await page.getByLabel('条件的种类').selectOption({ label: '职级' });
	await page.getByRole('button', { name: '添加条件' }).click();
	await expect(page.locator('.rule-sentence')).toContainText('规则还没有写完');
	await page.getByRole('button', { name: '保存人员范围' }).click();
	await expect(page.getByText('至少选择一项。')).toBeVisible();
	await page.getByRole('checkbox', { name: '一级科员' }).check();
	await expect(page.locator('.rule-count')).toHaveText('0人');
	await page.getByRole('combobox', { name: '条件之间的关系' }).selectOption({ label: '满足以下任一条件' });
	await expect(page.locator('.rule-count')).toHaveText('2人');
	await page.getByRole('searchbox', { name: /查谁/ }).fill('陈知微');
	await page.getByRole('radio', { name: /陈知微/ }).check();
	await expect(page.locator('.reason')).toContainText('陈知微在范围内');
	await expect(page.locator('.reason')).toContainText('实际：一级主任科员');
	if (shots) await page.screenshot({ path: `${shots}/builder.png`, fullPage: true });
	await page.getByRole('button', { name: '保存人员范围' }).click();

	await expect(page.getByRole('heading', { level: 1 })).toHaveText('县局股长');
	await expect(page.getByRole('heading', { name: '现在有2人' })).toBeVisible();
	await page.getByRole('link', { name: '陈知微' }).click();
	await expect(page.locator('.reason')).toContainText('陈知微在范围内');
	if (shots) await page.screenshot({ path: `${shots}/audience.png`, fullPage: true });

	await page.getByRole('link', { name: '修改规则' }).click();
	await page.getByRole('button', { name: '删除条件：职级' }).click();
	await expect(page.locator('.rule-count')).toHaveText('1人');
	await page.getByRole('button', { name: '保存为第2版' }).click();
	await expect(page.getByRole('heading', { name: '现在有1人' })).toBeVisible();
	await expect(page.locator('.rule-versions > li')).toHaveCount(2);
	await page.goto('/manage/audiences');
	await expect(page.getByRole('row', { name: /县局股长/ })).toContainText('担任领导职务');
	if (shots) await page.screenshot({ path: `${shots}/list.png` });
	if (shots) {
		await page.getByRole('link', { name: '县局股长' }).click();
		await page.getByRole('link', { name: '修改规则' }).click();
		for (const kind of ['单位', '任职变动', '一组条件']) {
			await page.getByLabel('条件的种类').last().selectOption({ label: kind });
			await page.getByRole('button', { name: '添加条件' }).last().click();
			await page.waitForTimeout(300);
		}
		await page.evaluate(() => window.scrollTo(0, 0));
		await page.screenshot({ path: `${shots}/builder-wide.png`, fullPage: true });
		await page.setViewportSize({ width: 360, height: 740 });
		await page.evaluate(() => window.scrollTo(0, 0));
		await page.screenshot({ path: `${shots}/builder-360.png`, fullPage: true });
	}
	expect(leader.name).toBe('陈知微');
});

test.describe('without a script', () => {
	test.use({ javaScriptEnabled: false });

	test('a rule is put together step by step, and kept', async ({ page, ctx, signIn }) => {
		const hr = await signIn(page, 'hr');
		const county = await aUnit(ctx, { below: hr.unit, name: '示例县人社局' });
		const person = await aPerson(ctx, { unit: county, name: '陈知微', establishment: 'contract' });

		await page.goto('/manage/audiences/new');
		await page.getByLabel('名称').fill('编外人员');
		await page.getByLabel('条件的种类').selectOption({ label: '编制' });
		await page.getByRole('button', { name: '添加条件' }).click();
		await page.getByRole('checkbox', { name: '编外聘用' }).check();
		await page.getByRole('button', { name: '放入分组：编制' }).click();
		await page.getByLabel('条件的种类').first().selectOption({ label: '指定人员' });
		await page.getByRole('button', { name: '添加条件' }).first().click();
		await page.getByRole('searchbox', { name: /指定的人员/ }).fill('陈知微');
		await page.getByRole('group', { name: '指定的人员' }).getByRole('button', { name: '搜索' }).click();
		await page.getByRole('checkbox', { name: /陈知微/ }).check();
		if (shots) await page.screenshot({ path: `${shots}/no-script.png`, fullPage: true });
		await page.getByRole('button', { name: '保存人员范围' }).click();

		await expect(page.getByRole('heading', { level: 1 })).toHaveText('编外人员');
		await expect(page.getByRole('rowheader', { name: person.name })).toBeVisible();
		await expect(page.locator('.rule-sentence')).toContainText('编制为编外聘用，或者为指定人员（陈知微）');
	});
});

test('a list is brought in from a file, which says row by row what was not taken', async ({ page, ctx, signIn }) => {
	const hr = await signIn(page, 'hr');
	const person = await aPerson(ctx, { unit: hr.unit, name: '陈知微' });
	const stranger = await aPerson(ctx);

	await page.goto('/manage/audiences/lists');
	await page.getByRole('link', { name: '导入名单' }).click();
	await page.getByLabel('名称').fill('骨干');
	const rows = [
		'工号,姓名',
		`${person.staffNumber},陈知微`,
		`${stranger.staffNumber},外`,
		`${person.staffNumber},陈知微`,
		'无此号,甲'
	];
	await page
		.getByLabel('文件')
		.setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
	await page.getByRole('button', { name: '读取文件' }).click();
	await expect(page.getByText('4行中有3行没有列入')).toBeVisible();
	await expect(page.getByRole('row', { name: /4.*与前面的行重复/ })).toBeVisible();
	if (shots) await page.screenshot({ path: `${shots}/report.png`, fullPage: true });
	await page.getByRole('link', { name: '查看全部名单' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('名单“骨干”：1人');
	await page.getByText('删除名单').first().click();
	await page.getByRole('button', { name: '删除名单' }).click();
	await expect(page.getByText('还没有名单')).toBeVisible();
});
