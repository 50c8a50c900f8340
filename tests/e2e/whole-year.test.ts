import type { Page } from '@playwright/test';
import { sql } from 'drizzle-orm';
import excel from 'exceljs';
import { usualRule } from '#lib/server/assessments/schemes/usual-rule.ts';
import { preparePapers } from '#lib/server/exams/prepare-papers.ts';
import { setProgramme } from '#lib/server/promotions/programme.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { thePassword } from '../factories/accounts.ts';
import { aScheme } from '../factories/assessments.ts';
import { aCompletion, aCourse } from '../factories/courses.ts';
import { aCandidacy, answersFor, type Exam } from '../factories/exams.ts';
import { aPerson, type Person } from '../factories/people.ts';
import { anObligation } from '../factories/programmes.ts';
import { aPublishedPlan, write } from '../factories/unit-reports.ts';
import { as, aUnit, theProvince } from '../factories/units.ts';
import { attemptsOf, choose, isReady } from './sitting-world.ts';
import { moveTo, on } from './steps/clock.ts';
import { accept, askForReports, handIn, isSaved, reportOf, wordOf } from './steps/reports.ts';
import { expect, holderOf, test } from './test.ts';

/** A year that no clock of a machine reaches while its exams are sat, and that no other test assesses. */
const year = 2031;
const [punctual, late] = ['早县人力资源和社会保障局', '晚县人力资源和社会保障局'];

test('a whole year: promoted, trained, examined, assessed, frozen, amended, reported and scored', async ({
	page,
	ctx: base,
	signIn
}) => {
	test.setTimeout(180_000);
	const heading = page.getByRole('heading', { level: 1 });
	const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
	const at = (day: string, time?: string) => ({ ...base, now: on(day, time) });

	const province = await theProvince(base);
	const city = await aUnit(base, { name: '临江市人力资源和社会保障局', kind: 'city' });
	const [early, tardy] = [
		await aUnit(base, { name: punctual, kind: 'county', below: city }),
		await aUnit(base, { name: late, kind: 'county', below: city })
	];
	const good = await aPerson(base, { unit: early, name: '陈知微' });
	const bad = await aPerson(base, { unit: tardy, name: '程未央' });
	const [hr, legal, leader] = [
		await holderOf(base, 'hr', city),
		await holderOf(base, 'legal', city),
		await holderOf(base, 'leader', province)
	];
	const liaisons = [await holderOf(base, 'liaison', early), await holderOf(base, 'liaison', tardy)] as const;
	/** The page from then on is that of somebody, on that day. */
	const become = async (person: Person, day: string, time?: string) => {
		await moveTo(page, on(day, time));
		await signIn(page, person);
	};

	const office = as(base, hr.id, { role: 'admin', unit: province });
	await setProgramme(office, { months: 12, courseIds: [], trainingClass: true, postExam: true });
	await duties(base, good, bad);
	await aScheme(base, {
		year,
		rule: {
			...usualRule.rule,
			components: [
				{ kind: 'exam', weight: 50, cap: null, purpose: 'post-appointment', take: 'best', basis: '' },
				{ kind: 'courses', weight: 50, cap: null, basis: '' }
			],
			vetoes: [...usualRule.rule.vetoes, { when: 'passed-by-make-up', limit: 'qualified', basis: '示人社〔2031〕2号' }]
		}
	});

	await test.step('promote a leader', async () => {
		await become(hr, `${year}-03-03`);
		await page.goto(`/manage/people/${good.id}/appoint`);
		await page.getByLabel('晋升领导职务').check();
		await page.getByLabel('单位', { exact: true }).selectOption(early.id);
		await page.getByLabel('职务名称').fill('副科长');
		await page.getByLabel('领导职务层次', { exact: true }).selectOption('section-deputy');
		await page.getByLabel('生效日期').fill(`${year}-03-03`);
		await press('记录任职');
		await page.goto('/manage/promotions?item=open&q=陈知微');
		await expect(page.getByRole('row', { name: /陈知微/ })).toContainText('任职后考试');
	});

	await test.step('hold the class', async () => {
		await page.getByRole('link', { name: '为名单开班' }).click();
		await expect(page.getByRole('dialog')).toContainText('为名单里还没参加培训班的1人开班');
		await press('建培训班');
		await expect(heading).toContainText('名单上有1人');
		const event = page.url();
		await page.goto(`${event}?act=open`);
		await press('开放并通知1人');
		await become(hr, `${year}-03-17`, '18:00');
		await page.goto(`${event}?act=hold`);
		await press('记为已举行');
		await page.waitForURL('**/attendance');
		for (const session of [1, 2]) {
			await page.goto(`${event}/attendance?session=${session}`);
			await expect(page.locator('form[data-ready]')).toBeVisible();
			await press('其余全部记为到场');
			await expect(page.getByRole('status').filter({ hasText: '已上传' })).toBeVisible();
		}
		await page.goto(`${event}?act=close`);
		await press('办结并记学时');
		await expect(heading).toHaveText('1人达到要求，0人没有');
	});

	await test.step('sit the exam, and its make-up', async () => {
		const sittings = { unit: city, purpose: 'post-appointment' as const, title: `任职考试${hr.staffNumber}` };
		const { exam } = await aCandidacy(at(`${year}-05-08`), good, sittings);
		await become(good, `${year}-05-08`);
		await sit(page, base, exam, good, 5);
		await become(legal, `${year}-05-08`, '20:00');
		await page.goto(`/manage/exams/${exam.id}/results`);
		await press('向1人发布成绩');
		await page.goto(`/manage/exams/${exam.id}?act=makeUp`);
		await press('设补考');
		await expect(heading).not.toHaveText('设补考');
		const makeUp = { ...exam, id: new URL(page.url()).pathname.split('/').at(-1)! };
		await page.goto(`/manage/exams/${makeUp.id}?act=publish`);
		await press('发布给1人');
		await preparePapers(at(`${year}-05-08`), makeUp.id);
		await become(good, `${year}-05-22`);
		await sit(page, base, makeUp, good, 0);
		await become(legal, `${year}-05-22`, '20:00');
		await page.goto(`/manage/exams/${makeUp.id}/results`);
		await press('向1人发布成绩');

		await become(hr, `${year}-05-23`);
		await page.goto('/manage/promotions?view=completed&q=陈知微');
		await page.getByRole('link', { name: /^办理.*陈知微/ }).click();
		await expect(page.getByRole('row', { name: /任职后考试/ })).toContainText('补考合格');
		const [cells] = await rowsOf(page, '/manage/promotions/export?view=completed&q=陈知微');
		for (const cell of ['新提任领导干部任职培训班', '补考 10分 合格', '按期']) expect(cells!.join(' ')).toContain(cell);
	});

	await become(hr, `${year}-12-20`);
	await page.goto(`/manage/results/new?year=${year}`);
	await page.getByLabel('年度').selectOption(String(year));
	await page.getByLabel('单位', { exact: true }).selectOption({ label: city.name });
	await press('开启考核周期');
	await expect(heading).toHaveText(`${year}年度考核：尚未起草`);
	const cycle = page.url();

	await test.step('draft, and review', async () => {
		await press('起草结果');
		await expect(async () => {
			await page.goto(cycle);
			await expect(heading).toHaveText(`${year}年度考核：已起草2人`, { timeout: 500 });
		}).toPass({ timeout: 20_000 });
		await press('开始单位审核');
		await expect(heading).toHaveText(`${year}年度考核：2个单位尚未审核`);

		await become(liaisons[1], `${year}-12-21`);
		await page.goto(cycle);
		await page.getByRole('link', { name: '程未央' }).click();
		await expect(heading).toHaveText(`程未央，${year}年度：不合格，0.00分`);
		await page.getByLabel('加减分').fill('+10');
		await page.getByLabel('理由', { exact: true }).fill('抽调办案两个月');
		await press('调整');
		await expect(page.getByText('不合格 0.00改为不合格 10.00')).toBeVisible();
		await page.goto(`${cycle}/units`);
		await page.getByRole('link', { name: '提交审核' }).click();
		await press('提交审核');
		await expect(page.getByText('已提交', { exact: true })).toBeVisible();

		await become(hr, `${year}-12-22`);
		await page.goto(cycle);
		await press('转入人事复核');
		await press('公示结果');
		await expect(heading).toContainText(`${year}年度考核：公示至`);
	});

	await test.step('object', async () => {
		await become(bad, `${year}-12-23`);
		await page.goto(`/record/results/${year}`);
		await expect(heading).toHaveText(`${year}年度学法结果：不合格，10.00分`);
		await page.getByLabel('哪里不符，为什么').fill('课程已在线下补学，附签到单。');
		await press('提出异议');
		await expect(page.getByText('异议待答复')).toBeVisible();

		await become(hr, `${year}-12-24`);
		await page.goto(cycle);
		await expect(heading).toHaveText(`${year}年度考核：1件异议待答复`);
		await page.getByRole('link', { name: '程未央' }).click();
		await page.getByLabel('结论').selectOption('upheld');
		await page.getByLabel('直接定等次').selectOption('qualified');
		await page.getByLabel('答复', { exact: true }).fill('签到单属实。');
		await press('答复异议');
		await expect(heading).toHaveText(`程未央，${year}年度：合格，10.00分`);
	});

	await test.step('sign, and close', async () => {
		await become(leader, `${year}-12-25`);
		await page.goto(cycle);
		await expect(page.getByRole('button', { name: '签发', exact: true })).toHaveAttribute('aria-disabled', 'true');
		await become(leader, `${year}-12-30`);
		await page.goto(cycle);
		await page.getByLabel('你的密码').fill('不对的密码');
		await press('签发');
		await expect(page.getByText('密码不对')).toBeVisible();
		await page.getByLabel('你的密码').fill(thePassword);
		await press('签发');
		await expect(async () => {
			await page.goto(cycle);
			await expect(heading).toHaveText(`${year}年度考核：2人，已归档`, { timeout: 500 });
		}).toPass({ timeout: 20_000 });
	});

	await test.step('try to change it: refused, in the page and by the database', async () => {
		await become(hr, `${year}-12-31`);
		const form = { cycle: cycle.split('/').at(-1)! };
		const headers = { origin: process.env.E2E_URL!, accept: 'text/html' };
		for (const step of ['draft', 'take', 'publish'])
			expect((await page.request.post(`${cycle}?/${step}`, { form, headers })).status()).toBe(409);
		for (const change of [
			sql`update assessment_results set score = 100, band = 'excellent' where cycle_id = ${form.cycle}`,
			sql`delete from assessment_results where cycle_id = ${form.cycle}`,
			sql`update assessment_cycles set state = 'published' where id = ${form.cycle}`
		])
			await expect(base.db.execute(change)).rejects.toThrow();
	});

	await test.step('amend', async () => {
		await page.goto(cycle);
		await page.getByRole('link', { name: '陈知微' }).click();
		await expect(heading).toHaveText(`陈知微，${year}年度：合格，100.00分`); // held down: passed by the make-up
		await expect(page.getByText('经补考合格：等次不高于合格。依据：示人社〔2031〕2号。')).toBeVisible();
		await page.getByLabel('加减分').fill('-15');
		await page.getByLabel('理由', { exact: true }).fill('证明作废');
		await page.getByLabel('你的密码').fill(thePassword);
		await press('附加更正');
		await expect(heading).toHaveText(`陈知微，${year}年度：合格，85.00分`);
		await expect(page.getByText('合格 100.00改为合格 85.00')).toBeVisible();
	});

	await test.step('print the year', async () => {
		await page.goto(cycle);
		const digest = (await page.locator('code').first().textContent())!;
		expect(digest).toMatch(/^[0-9a-f]{64}$/);
		await page.goto(`${cycle}/print`);
		await expect(page.getByText(digest)).toBeVisible();
		await expect(page.getByText('（单位盖章）')).toBeVisible();
		expect((await rowsOf(page, `${cycle}/export`)).map(([, name]) => name)).toEqual(['陈知微', '程未央']);
	});

	const { planId } = await aPublishedPlan(at(`${year}-01-10`), { unit: city, year });
	await become(legal, `${year}-12-31`);
	const round = await askForReports(page, year, planId);
	await expect(heading).toHaveText('2个单位还没有报送');
	const reports = [await reportOf(page, punctual), await reportOf(page, late)] as const;

	await test.step('file one report on 14 January and one on the 20th', async () => {
		for (const [index, day] of [`${year + 1}-01-14`, `${year + 1}-01-20`].entries()) {
			const unit = [early, tardy][index]!;
			const [report, liaison] = [reports[index]!, liaisons[index]!];
			const reportId = report.split('/').at(-1)!;
			await write({ ...as(base, liaison.id, { role: 'liaison', unit }), now: on(day) }, { planId, reportId });
			await become(liaison, day);
			await page.goto(`${report}/write`);
			await page.getByLabel('存在的不足和原因').fill('案卷评查覆盖不够。');
			await isSaved(page);
			await handIn(page, report);
		}
		await become(legal, `${year + 1}-01-21`);
		await page.goto(round);
		await expect(page.getByRole('row', { name: new RegExp(late) })).toContainText('晚5天');
		await expect(page.getByRole('row', { name: new RegExp(late) })).toContainText('扣0.5分');
		for (const report of reports) await accept(page, report);
	});

	await test.step('score them', async () => {
		await become(legal, `${year + 1}-02-01`);
		await page.goto('/manage/indicators/new');
		await page.getByLabel('年度', { exact: true }).fill(String(year));
		await page.getByLabel('从工作计划的事项开始').selectOption(planId);
		await press('建立草稿');
		const set = page.url();
		await page.getByRole('link', { name: '发布指标' }).click();
		await press('发布指标');
		await expect(page.getByRole('row', { name: new RegExp(late) })).toContainText('−0.5');
		await expect(page.getByRole('row', { name: new RegExp(punctual) })).not.toContainText('−0.5');
		const sheet = (await page.getByRole('link', { name: late }).getAttribute('href'))!;

		await become(liaisons[1], `${year + 1}-02-02`);
		await page.goto(sheet);
		await page.getByLabel('自评分：决策程序').fill('99');
		await page.getByRole('button', { name: '保存' }).first().click();
		await expect(page.getByText('这一项最多6分。')).toBeVisible();
		const items = await page.locator('form.score').count();
		for (let item = 0; item < items; item++) {
			const form = page.locator('form.score').nth(item);
			await form.getByRole('textbox').first().fill('1');
			await form.getByRole('button', { name: '保存' }).click();
			await expect(heading).toHaveText(`自评了${item + 1}项，共${items}项`);
		}
		await press('提交自评');

		await become(legal, `${year + 1}-02-03`);
		await page.goto(sheet);
		const first = page.locator('form.score').first();
		await first.getByRole('textbox').first().fill('0.5');
		await first.getByLabel('理由').fill('缺一次听证记录');
		await first.getByRole('button', { name: '核定这一项' }).click();
		await expect(heading).toHaveText(`核定了1项，共${items}项`);
		await page.goto(set);
		await expect(page.getByRole('row', { name: new RegExp(late) })).toContainText('0.5');
	});

	await test.step('print the reports', async () => {
		await page.goto(`${reports[0]}/print`);
		await expect(page.getByText(`${punctual}${year}年度依法行政工作报告`)).toBeVisible();
		await page.goto(`${round}/compiled`);
		const compiled = await wordOf(page, '下载Word文档');
		for (const part of ['汇编', punctual, late, '合计']) expect(compiled).toContain(part);
	});
});

/** A course that both owe: one has completed it in time. */
async function duties(ctx: Context, good: Person, bad: Person): Promise<void> {
	const course = await aCourse(ctx, { lessons: 1 });
	const dueOn = `${year}-11-20`;
	const { id: completionId, completedAt } = await aCompletion(ctx, { person: good, course, at: on(`${year}-04-08`) });
	await anObligation(ctx, { person: good, course, dueOn, completionId, completedAt });
	await anObligation(ctx, { person: bad, course, dueOn });
}

/** The rows below the headers of a workbook, as texts. */
async function rowsOf(page: Page, address: string): Promise<string[][]> {
	const workbook = new excel.Workbook();
	await workbook.xlsx.load((await (await page.request.get(address)).body()) as unknown as ArrayBuffer);
	const rows = workbook.worksheets[0]!.getSheetValues().slice(2) as unknown[][];
	return rows.map((cells) => Array.from(cells.slice(1), String));
}

/** Opens the paper, answers everything, the first ones wrongly, and hands it in. */
async function sit(page: Page, ctx: Context, exam: Exam, person: Person, wrong: number): Promise<void> {
	await page.goto(`/exams/${exam.id}`);
	await page.getByRole('button', { name: '开始作答' }).click();
	await page.waitForURL(/\/sit/);
	await isReady(page);
	const [attempt] = await attemptsOf(ctx, exam, person);
	const answers = await answersFor(ctx, attempt!.id, { wrong });
	for (const { slot } of answers) await choose(page, answers, slot);
	await expect(page.locator(`#q${answers.length} .receipt`)).toContainText('已保存');
	await page.getByRole('button', { name: '去交卷' }).click();
	await page.getByRole('button', { name: '交卷', exact: true }).click();
	await page.waitForURL(`/exams/${exam.id}`);
}
