import type { Page } from '@playwright/test';
import { eq } from 'drizzle-orm';
import { eventParticipants, eventPresences } from '#db/schema/events.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { aHeldEvent, anOpenEvent } from '../factories/events.ts';
import { aPdf } from '../factories/files.ts';
import { aPerson } from '../factories/people.ts';
import { aGrant } from '../factories/units.ts';
import { expect, type SignedInPerson, test } from './test.ts';

const before = new Date('2026-12-01T02:00:00Z');
const during = new Date('2026-12-07T01:10:00Z');
const after = new Date('2026-12-07T08:00:00Z');

/** The script has taken over the list: it keeps notes from now on. */
const isReady = (page: Page) => expect(page.locator('form[data-ready]')).toBeVisible();

/** The worker has the page. */
const isKept = (page: Page) => expect(page.getByRole('status').filter({ hasText: '断网也能继续登记' })).toBeVisible();

const choose = (page: Page, name: string, presence: string) =>
	page.getByRole('group', { name }).getByRole('radio', { name: presence }).check();

test('a class goes its way: planned, answered, held, noted, closed with hours, corrected', async ({
	page,
	browser,
	ctx,
	signIn,
	at
}) => {
	test.setTimeout(120_000);
	const hr = await signIn(page, 'hr');
	const learner = await aPerson(ctx, { unit: hr.unit, name: '苏叶青' });
	const other = await aPerson(ctx, { unit: hr.unit, name: '程立琳' });

	await at(before);
	await page.goto('/manage/events/new');
	await page.getByLabel('名称').fill('社会保险法培训班');
	const first = page.getByRole('group', { name: '第1场' });
	await first.getByLabel('日期').fill('2026-12-07');
	await first.getByLabel('开始').fill('09:00');
	await first.getByLabel('结束').fill('11:30');
	await page.getByLabel('学时', { exact: true }).fill('3');
	await page.getByRole('button', { name: '建立活动' }).click();
	await page.waitForURL('**/participants/add');
	const address = new URL(page.url()).pathname.replace('/participants/add', '');
	const eventId = address.split('/').at(-1)!;

	await page.getByLabel('粘贴工号').fill(`${learner.staffNumber}\n${other.staffNumber}`);
	await page.getByRole('button', { name: '加入名单' }).click();
	await page.waitForURL('**/participants');
	await page.goto(address);
	await page.getByRole('link', { name: '开放并通知' }).click();
	await page.getByRole('button', { name: '开放并通知2人' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('0人参加，2人还没有答复');

	const own = await browser.newContext({
		baseURL: process.env.E2E_URL ?? '',
		extraHTTPHeaders: { 'x-test-now': before.toISOString() },
		locale: 'zh-CN'
	});
	await signIn(own, learner);
	const theirs = await own.newPage();
	await theirs.goto('/events');
	await theirs.getByRole('link', { name: '社会保险法培训班' }).click();
	await theirs.getByRole('button', { name: '参加' }).click();
	await expect(theirs.getByText('已答复参加')).toBeVisible();
	const calendar = await own.request.get(`/events/${eventId}/calendar`);
	expect(calendar.headers()['content-type']).toContain('text/calendar');
	expect(await calendar.text()).toContain('DTSTART:20261207T010000Z');

	await at(during);
	await page.goto(`${address}?act=hold`);
	await page.getByRole('button', { name: '记为已举行' }).click();
	await page.waitForURL('**/attendance');
	await isReady(page);
	await choose(page, '苏叶青', '到场');
	await choose(page, '程立琳', '缺席');
	await expect(page.getByRole('status').filter({ hasText: '已上传' })).toBeVisible();

	await at(after);
	await page.goto(`${address}?act=close`);
	await page.getByRole('button', { name: '办结并记学时' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('1人达到要求，1人没有');

	await own.setExtraHTTPHeaders({ 'x-test-now': after.toISOString() });
	await theirs.goto('/record');
	const ledger = theirs.getByRole('region', { name: '学时明细' });
	await expect(ledger.getByRole('row').filter({ hasText: '社会保险法培训班' })).toContainText('3');

	await page.getByRole('link', { name: '更正出勤：程立琳' }).click();
	await page.getByLabel('到场').check();
	await page.getByLabel('原因').fill('签到表上有本人签名');
	await page.getByRole('button', { name: '更正出勤' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('2人达到要求，0人没有');
	await expect(page.getByRole('row').filter({ hasText: '缺席 → 到场' })).toContainText('签到表上有本人签名');
	const granted = await ctx.db.select().from(hourEntries).where(eq(hourEntries.sourceId, eventId));
	expect(granted.map(({ hours }) => hours)).toEqual([3, 3]);
	await own.close();
});

test.describe('on a phone without a connection', () => {
	test.use({ serviceWorkers: 'allow', viewport: { width: 360, height: 740 } });

	test('notes go on, outlive a reload, and are sent in their order once there is a connection', async ({
		page,
		context,
		ctx,
		signIn
	}) => {
		test.setTimeout(60_000);
		const { hr, event, sessions, people } = await heldByHr(page, ctx, signIn);
		expect(hr.name).not.toBe('');
		const address = `/manage/events/${event.id}/attendance`;
		await page.goto(address);
		await isReady(page);
		await isKept(page);

		await context.setOffline(true);
		await choose(page, people[0]!.name, '到场');
		await choose(page, people[1]!.name, '缺席');
		await choose(page, people[1]!.name, '请假');
		await expect(page.getByRole('status').filter({ hasText: '2条存在本机' })).toBeVisible();
		await page.reload();
		await isReady(page);
		await expect(page.getByRole('group', { name: people[1]!.name }).getByRole('radio', { name: '请假' })).toBeChecked();
		await choose(page, people[2]!.name, '部分');

		await context.setOffline(false);
		await expect(page.getByRole('status').filter({ hasText: '已上传' })).toBeVisible({ timeout: 15_000 });
		const noted = await ctx.db.select().from(eventPresences).where(eq(eventPresences.sessionId, sessions[0]!.id));
		const byPerson = new Map(noted.map(({ personId, presence }) => [personId, presence]));
		expect(people.map(({ id }) => byPerson.get(id))).toEqual(['present', 'leave', 'partial']);
	});
});

type SignIn = (page: Page, role: 'hr') => Promise<SignedInPerson>;

async function heldByHr(page: Page, ctx: Parameters<typeof aHeldEvent>[0], signIn: SignIn) {
	const hr = await signIn(page, 'hr');
	const people = [];
	for (let made = 0; made < 3; made++) people.push(await aPerson(ctx, { unit: hr.unit }));
	return { hr, ...(await aHeldEvent(ctx, { unit: hr.unit, people })) };
}

test('the list is a form where no script runs', async ({ browser, ctx, signIn }) => {
	const context = await browser.newContext({
		baseURL: process.env.E2E_URL ?? '',
		javaScriptEnabled: false,
		extraHTTPHeaders: { 'x-test-now': '2026-11-23T02:00:00Z' },
		locale: 'zh-CN'
	});
	const page = await context.newPage();
	const { event, sessions, people } = await heldByHr(page, ctx, signIn as SignIn);
	await page.goto(`/manage/events/${event.id}/attendance`);
	await page.getByRole('group', { name: people[0]!.name }).getByRole('radio', { name: '请假' }).check();
	await page.getByRole('button', { name: '保存这一场的登记' }).click();
	await expect(page.getByRole('group', { name: people[0]!.name }).getByRole('radio', { name: '请假' })).toBeChecked();
	await page.getByRole('button', { name: '其余全部记为到场' }).click();
	const noted = await ctx.db.select().from(eventPresences).where(eq(eventPresences.sessionId, sessions[0]!.id));
	expect(noted.map(({ presence }) => presence).sort()).toEqual(['leave', 'present', 'present']);
	await context.close();
});

test('a full lecture lets people wait, and says why a proof is refused', async ({ page, ctx, signIn }) => {
	const person = await signIn(page, 'learner');
	const taken = await aPerson(ctx, { unit: person.unit });
	const { event } = await anOpenEvent(ctx, { people: [person, taken], capacity: 1 });
	await ctx.db.update(eventParticipants).set({ state: 'coming' }).where(eq(eventParticipants.personId, taken.id));
	await page.goto(`/events/${event.id}`);
	await page.getByRole('button', { name: '进入候补' }).click();
	await expect(page.getByText('候补第1位')).toBeVisible();

	await page.goto('/record/external');
	await page.getByLabel('培训名称').fill('行政复议法培训');
	await page.getByLabel('举办单位').fill('省委党校');
	await page.getByLabel('开始日期').fill('2026-03-02');
	await page.getByLabel('结束日期').fill('2026-03-03');
	await page.getByLabel('学时', { exact: true }).fill('16');
	const proof = page.getByLabel('证明');
	await proof.setInputFiles({
		name: '证明.pdf',
		mimeType: 'application/pdf',
		buffer: Buffer.from('<script>1</script>')
	});
	await page.getByRole('button', { name: '申报' }).click();
	await expect(page.getByText('按内容看，这不是可以保存的文件')).toBeVisible();
	await expect(page.getByLabel('培训名称')).toHaveValue('行政复议法培训');

	await proof.setInputFiles({ name: '证明.pdf', mimeType: 'application/pdf', buffer: aPdf() });
	await page.getByRole('button', { name: '申报' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('1项申报等待确认');

	const liaison = await aPerson(ctx, { unit: person.unit });
	await aGrant(ctx, liaison.id, 'liaison', person.unit);
	await signIn(page, liaison);
	await page.goto('/manage/events/external');
	await page.getByRole('link', { name: /^确认：/ }).click();
	await page.getByRole('button', { name: '确认' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('外出培训都已处理');
});
