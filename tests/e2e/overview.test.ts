import { inArray, sql } from 'drizzle-orm';
import type { Page } from '@playwright/test';
import excel from 'exceljs';
import { obligations } from '#db/schema/programmes.ts';
import { markDirty, refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { anAssignment, anObligation } from '../factories/programmes.ts';
import { aGrant, aUnit, type Unit } from '../factories/units.ts';
import { expect, test } from './test.ts';

/** A city with two counties: ten people in each, of whom some have completed and some are overdue. */
async function aCity(ctx: Context) {
	const city = await aUnit(ctx, { kind: 'city', name: '安澜市人社局' });
	const good = await aUnit(ctx, { below: city, kind: 'county', name: '青禾县人社局' });
	const bad = await aUnit(ctx, { below: city, kind: 'county', name: '松坪县人社局' });
	const course = await aCourse(ctx, { lessons: 1 });
	const assignment = await anAssignment(ctx, { course, unit: city, dueOn: '2026-11-01' });
	for (const { unit, completed } of [
		{ unit: good, completed: 9 },
		{ unit: bad, completed: 5 }
	]) {
		for (let place = 0; place < 10; place++) {
			const person = await aPerson(ctx, { unit });
			if (place >= completed) await anObligation(ctx, { person, assignment });
			else {
				const { id: completionId } = await aCompletion(ctx, { person, course });
				await anObligation(ctx, { person, assignment, completedAt: ctx.now, completionId });
			}
		}
	}
	await markDirty(ctx, { units: [good, bad].map(({ id }) => ({ unitId: id, year: 2026 })) });
	await refreshRollups(ctx);
	return { city, good, bad, course };
}

async function readSheet(page: Page, address: string): Promise<unknown[][]> {
	const response = await page.request.get(address);
	expect(response.status()).toBe(200);
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await response.body()) as unknown as ArrayBuffer);
	const rows: unknown[][] = [];
	workbook.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
	return rows;
}

/** People of these units by a plain count over what they owe. */
async function countPlainly({ db }: Context, units: Unit[]) {
	const rows = await db
		.select({
			due: sql<number>`count(*)::int`,
			completed: sql<number>`count(${obligations.completedAt})::int`,
			overdue: sql<number>`(count(*) filter (where ${obligations.completedAt} is null))::int`
		})
		.from(obligations)
		.where(
			inArray(
				obligations.unitId,
				units.map(({ id }) => id)
			)
		);
	return rows[0]!;
}

test('a leader sees what falls short, drills down to the people and takes the list along', async ({
	page,
	ctx,
	signIn
}) => {
	const { city, good, bad } = await aCity(ctx);
	await signIn(page, 'leader', city);

	await page.goto('/overview');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2个县中，1个县完成率低于80%');
	await expect(page.getByRole('main')).toContainText('完成率最低：松坪县人社局 50.0%');
	const figures = page.locator('.stat');
	const counted = await countPlainly(ctx, [good, bad]);
	await expect(figures.filter({ hasText: '应学' }).first()).toContainText(String(counted.due));
	await expect(figures.filter({ hasText: '逾期' }).first()).toContainText(String(counted.overdue));

	const rows = page.getByRole('table').locator('tbody tr');
	await expect(rows.locator('th')).toHaveText(['青禾县人社局', '松坪县人社局']);
	await page.getByRole('link', { name: '完成率', exact: true }).click();
	await expect(rows.locator('th')).toHaveText(['松坪县人社局', '青禾县人社局']);
	await expect(page.getByRole('columnheader', { name: '完成率' })).toHaveAttribute('aria-sort', 'ascending');

	const sheet = await readSheet(page, (await page.getByRole('link', { name: '下载' }).getAttribute('href')) ?? '');
	expect(sheet).toEqual([
		['单位', '应学', '完成', '完成率 %', '进行中', '未开始', '逾期', '免考'],
		['松坪县人社局', 10, 5, 50, 0, 0, 5, 0],
		['青禾县人社局', 10, 9, 90, 0, 0, 1, 0],
		['合计', counted.due, counted.completed, 70, 0, 0, counted.overdue, 0]
	]);

	await page
		.getByRole('row', { name: /松坪县/ })
		.getByRole('link', { name: '5', exact: true })
		.last()
		.click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('松坪县人社局：5人逾期');
	await expect(page.getByText('逾期22天')).toHaveCount(5);
	const people = await readSheet(page, (await page.getByRole('link', { name: '下载' }).getAttribute('href')) ?? '');
	expect(people).toHaveLength(6);
	await page.getByRole('navigation', { name: '位置' }).getByRole('link', { name: '安澜市人社局' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2个县中，1个县完成率低于80%');
});

test('whoever sees figures only finds no way to the people', async ({ page, ctx, signIn }) => {
	const { city, bad } = await aCity(ctx);
	await signIn(page, 'admin', city);
	await page.goto(`/overview/${city.id}`);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2个县中，1个县完成率低于80%');
	await expect(page.locator('main a[href*="/people"]')).toHaveCount(0);
	expect((await page.request.get(`/overview/${bad.id}/people`)).status()).toBe(404);
});

test('whoever is responsible for several units chooses', async ({ page, ctx, signIn }) => {
	const one = await aUnit(ctx);
	const other = await aUnit(ctx);
	const leader = await signIn(page, 'leader', one);
	await aGrant(ctx, leader.id, 'leader', other);
	await page.goto('/overview');
	await page.getByRole('main').getByRole('link', { name: other.name }).click();
	await expect(page).toHaveURL(new RegExp(other.id));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${other.name}2026年还没有学习任务`);
	expect((await page.request.get(`/overview/${(await aUnit(ctx)).id}`)).status()).toBe(404);
});
