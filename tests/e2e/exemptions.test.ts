import '#lib/server/jobs/subscriptions.ts';
import { refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import { tellUnits } from '#lib/server/programmes/tell-units.ts';
import { aCourse } from '../factories/courses.ts';
import { aPdf } from '../factories/files.ts';
import { aPerson } from '../factories/people.ts';
import { anAssignment, anObligation } from '../factories/programmes.ts';
import { aUnit } from '../factories/units.ts';
import { expect, test } from './test.ts';

test('somebody asks with a file, HR approves, the rate shows it apart, and once it ends it is owed again', async ({
	browser,
	page,
	ctx,
	signIn
}) => {
	const unit = await aUnit(ctx);
	const hr = await signIn(page, 'hr', unit);
	const course = await aCourse(ctx, { title: { 'zh-CN': '工伤保险条例', en: 'Work Injury Insurance' } });
	const assignment = await anAssignment(ctx, { course, unit, by: hr, dueOn: '2026-12-20' });
	const person = await aPerson(ctx, { unit, name: '沈知微' });
	const colleague = await aPerson(ctx, { unit });
	await anObligation(ctx, { assignment, person: colleague });
	await tellUnits(ctx, [await anObligation(ctx, { assignment, person })]);

	const own = await browser.newContext({ baseURL: process.env.E2E_URL });
	await own.setExtraHTTPHeaders({ 'x-test-now': ctx.now.toISOString() });
	const asking = await own.newPage();
	await signIn(asking, person);
	await asking.goto('/today');
	await asking.getByText('为什么有这一项').click();
	await asking.getByRole('link', { name: '申请免考或延期' }).click();
	await expect(asking.getByLabel('针对')).toContainText('工伤保险条例');
	await asking.getByLabel('理由').selectOption('重病');
	await asking.getByLabel('说明', { exact: true }).fill('术后休养三个月');
	await asking.getByLabel('证明材料').setInputFiles({
		name: '诊断证明.pdf',
		mimeType: 'application/pdf',
		buffer: aPdf()
	});
	await asking.getByRole('button', { name: '提交申请' }).click();
	await expect(asking.getByRole('heading', { level: 1 })).toHaveText('1件申请等待审批');

	await page.goto('/manage/exemptions');
	await page.getByRole('link', { name: '沈知微' }).click();
	const file = await page.request.get(
		(await page.getByRole('link', { name: '诊断证明.pdf' }).getAttribute('href')) ?? ''
	);
	expect(file.headers()['content-disposition']).toContain('attachment');
	expect(await file.body()).toEqual(aPdf());
	await page.getByRole('radio', { name: /^批准/ }).check();
	await page.getByRole('button', { name: '作出决定' }).click();
	await expect(page.getByText('已作出决定')).toBeVisible();

	await asking.goto('/notifications');
	await expect(asking.getByText('免考申请已获批准')).toBeVisible();
	await asking.goto('/today');
	await expect(asking.getByRole('heading', { name: '工伤保险条例' })).toHaveCount(0);

	await page.goto(`/manage/assignments/${assignment.id}`);
	await expect(page.getByRole('row', { name: /沈知微/ })).toContainText('免考');
	await expect(page.getByText('重病')).toHaveCount(0);
	const figures = async () => {
		await refreshRollups(ctx);
		const response = await page.request.get(`/overview/${unit.id}`);
		return (await response.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
	};
	expect(await figures()).toMatch(/免考 1/);

	await page.goto('/manage/exemptions?state=approved');
	await page.getByRole('link', { name: '沈知微' }).click();
	await page.getByLabel('结束的原因').fill('已返岗');
	await page.getByRole('button', { name: '结束免考' }).click();
	await expect(page.getByText('本人已收到通知')).toBeVisible();
	await asking.goto('/today');
	await expect(asking.getByRole('heading', { name: '工伤保险条例' })).toBeVisible();
	await own.close();
});
