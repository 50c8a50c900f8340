import excel from 'exceljs';
import { thePassword } from '../factories/accounts.ts';
import { aResult, aScheme } from '../factories/assessments.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { anObligation } from '../factories/programmes.ts';
import { aUnit, theProvince } from '../factories/units.ts';
import { expect, test, testNow } from './test.ts';

test.use({ javaScriptEnabled: false });

const day = 86_400_000;

// The demo province is being assessed for the years since.
test('a year is drafted, reviewed, published, objected to, signed and closed; then it is only amended', async ({
	page,
	ctx,
	signIn,
	at
}) => {
	test.setTimeout(120_000);
	const city = await aUnit(ctx, { name: '临江市人力资源和社会保障局', kind: 'city' });
	const office = await aUnit(ctx, { name: '劳动关系处', below: city });
	const [good, bad] = [
		await aPerson(ctx, { unit: office, name: '陈知微' }),
		await aPerson(ctx, { unit: office, name: '程未央' })
	];
	const course = await aCourse(ctx, { lessons: 1 });
	const completion = await aCompletion(ctx, { person: good, course, at: new Date('2024-06-03T02:00:00Z') });
	const dueOn = '2024-11-20';
	await anObligation(ctx, {
		person: good,
		course,
		dueOn,
		completionId: completion.id,
		completedAt: completion.completedAt
	});
	await anObligation(ctx, { person: bad, course, dueOn });
	await aScheme(ctx, { year: 2024 });
	const heading = page.getByRole('heading', { level: 1 });
	const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

	const hr = await signIn(page, 'hr', city);
	await page.goto('/manage/results/new?year=2024');
	await page.getByLabel('年度').selectOption('2024');
	await page.getByLabel('单位', { exact: true }).selectOption({ label: '临江市人力资源和社会保障局' });
	await press('开启考核周期');
	await expect(heading).toHaveText('2024年度考核：尚未起草');
	const address = page.url();
	await press('起草结果');
	await expect(async () => {
		await page.goto(address);
		await expect(heading).toHaveText('2024年度考核：已起草2人');
	}).toPass({ timeout: 20_000 });
	await press('开始单位审核');
	await expect(heading).toHaveText('2024年度考核：1个单位尚未审核');

	await signIn(page, 'liaison', office);
	await page.goto(address);
	await page.getByRole('link', { name: '程未央' }).click();
	await page.getByLabel('加减分').fill('+10');
	await page.getByLabel('理由', { exact: true }).fill('抽调办案两个月');
	await press('调整');
	await expect(page.getByText('不合格 0.00改为不合格 10.00')).toBeVisible();
	await page.goto(`${address}/units`);
	await page.getByRole('link', { name: '提交审核' }).click();
	await press('提交审核');
	await expect(page.getByText('已提交', { exact: true })).toBeVisible();

	await signIn(page, hr);
	await page.goto(address);
	await press('转入人事复核');
	await press('公示结果');
	await expect(heading).toContainText('2024年度考核：公示至');

	await signIn(page, bad);
	await page.goto('/record/results/2024');
	await expect(heading).toHaveText('2024年度学法结果：不合格，10.00分');
	await page.getByLabel('哪里不符，为什么').fill('课程已在线下补学，附签到单。');
	await press('提出异议');
	await expect(page.getByText('异议待答复')).toBeVisible();

	await signIn(page, hr);
	await page.goto(address);
	await expect(heading).toHaveText('2024年度考核：1件异议待答复');
	await page.getByRole('link', { name: '程未央' }).click();
	await page.getByLabel('结论').selectOption('upheld');
	await page.getByLabel('直接定等次').selectOption('qualified');
	await page.getByLabel('答复', { exact: true }).fill('签到单属实。');
	await press('答复异议');
	await expect(heading).toHaveText('程未央，2024年度：合格，10.00分');

	const leader = await signIn(page, 'leader', await theProvince(ctx));
	await page.goto(address);
	await expect(page.getByRole('button', { name: '签发', exact: true })).toHaveAttribute('aria-disabled', 'true');
	await at(new Date(testNow.getTime() + 6 * day));
	await signIn(page, leader);
	await page.goto(address);
	await page.getByLabel('你的密码').fill('不对的密码');
	await press('签发');
	await expect(page.getByText('密码不对')).toBeVisible();
	await page.getByLabel('你的密码').fill(thePassword);
	await press('签发');
	await expect(async () => {
		await page.goto(address);
		await expect(heading).toHaveText('2024年度考核：2人，已归档');
	}).toPass({ timeout: 20_000 });
	const digest = (await page.locator('code').first().textContent())!;
	expect(digest).toMatch(/^[0-9a-f]{64}$/);

	await signIn(page, hr);
	const refused = await page.request.post(`${address}?/publish`, {
		form: { cycle: address.split('/').at(-1)! },
		headers: { origin: process.env.E2E_URL!, accept: 'text/html' }
	});
	expect(refused.status()).toBe(409);
	await page.goto(`${address}/print`);
	await expect(page.getByText(digest)).toBeVisible();
	await expect(page.getByText('（单位盖章）')).toBeVisible();

	await page.goto(address);
	await page.getByRole('link', { name: '陈知微' }).click();
	await page.getByLabel('加减分').fill('-15');
	await page.getByLabel('理由', { exact: true }).fill('证明作废');
	await page.getByLabel('你的密码').fill(thePassword);
	await press('附加更正');
	await expect(heading).toHaveText('陈知微，2024年度：合格，85.00分');
	await expect(page.getByText('优秀 100.00改为合格 85.00')).toBeVisible();

	const exported = await page.request.get(`${address}/export`);
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await exported.body()) as unknown as ArrayBuffer);
	expect(workbook.worksheets[0]?.getColumn(2).values.filter(Boolean)).toEqual(['姓名', '陈知微', '程未央']);
});

test('HR makes a scheme, tries it on last year’s data, and adopts it', async ({ page, ctx, signIn }) => {
	await signIn(page, 'hr', await theProvince(ctx));
	await page.goto('/manage/schemes');
	await page.getByLabel('年度', { exact: true }).selectOption('2027');
	await page.getByRole('button', { name: '新建草案' }).click();
	await page.getByLabel('名称').fill('2027年度学法考核方案（试行）');
	const hours = page.getByRole('group', { name: '学时', exact: true });
	await hours.getByLabel('权重（%）').fill('10');
	await page.getByRole('button', { name: '保存草案' }).click();
	await expect(page.getByText('写明准许计分的文件。')).toBeVisible();
	await hours.getByLabel('权重（%）').fill('');
	await page.getByLabel('合格（分以上）').fill('40');
	await page.getByRole('button', { name: '保存草案' }).click();

	await page.getByRole('link', { name: '试算' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('在2026年度数据上试算');
	await expect(page.getByRole('table', { name: '等次变化' })).toBeVisible();
	await page.goBack();
	await page.getByRole('link', { name: '采用' }).click();
	await page.getByRole('dialog').getByRole('button', { name: '采用' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2027年度学法考核方案（试行），已采用');
	await expect(page.getByRole('button', { name: '保存草案' })).toHaveCount(0);
});

test('the committee’s sheet goes out with notes, and its grades come back', async ({ page, ctx, signIn }) => {
	const unit = await aUnit(ctx);
	const person = await aPerson(ctx, { unit, name: '何以安' });
	const result = await aResult(ctx, { person, state: 'closed' });
	await signIn(page, 'hr', unit);
	const address = `/manage/results/${result.cycleId}`;
	const exported = await page.request.get(`${address}/committee`);
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await exported.body()) as unknown as ArrayBuffer);
	expect(workbook.worksheets[0]?.getRow(2).getCell(7).text).toContain('不宜评为“优秀”等次：必修课未学完');

	await page.goto(`${address}/grades`);
	await page.getByLabel('文号').fill('临人社考〔2027〕1号');
	await page.getByLabel('确定日期').fill('2026-11-20');
	const sheet = `工号,姓名,年度考核等次\n${person.staffNumber},何以安,称职\nX9,某某,优秀`;
	await page.getByLabel('等次表').setInputFiles({ name: '等次.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
	await page.getByRole('button', { name: '读取并预览' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('1人可写入，1行不写入');
	await page.getByRole('button', { name: '写入1人的等次' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('已录入1人');
	await page.goto(`${address}/${result.id}`);
	await expect(page.getByText('临人社考〔2027〕1号')).toBeVisible();
});
