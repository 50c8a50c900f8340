import { verify, createPublicKey, hash } from 'node:crypto';
import { compactVerify, importJWK, type JWK } from 'jose';
import { canonical } from '#lib/server/certificates/canonical.ts';
import { aTemplate } from '../factories/certificates.ts';
import { addressOf, aTry } from '../factories/checks.ts';
import { aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { as, aUnit } from '../factories/units.ts';
import { expectReadable } from './barriers.ts';
import { expect, test } from './test.ts';
import '#lib/server/jobs/subscriptions.ts';

test('a course is completed, its certificate verified by anybody, revoked, and said to be revoked', async ({
	browser,
	page,
	ctx,
	signIn
}) => {
	test.setTimeout(90_000);
	const unit = await aUnit(ctx);
	const hr = await signIn(page, 'hr', unit);
	const course = await aCourse(ctx, { lessons: 1, title: { 'zh-CN': '集体合同规定', en: 'Collective Contracts' } });
	const person = await aPerson(ctx, { unit, name: '沈知微' });

	// HR makes a template and switches it on.
	await page.goto('/manage/certificates/templates/new');
	await page.getByLabel('模板名称').fill('课程结业');
	await page.getByLabel('编号前缀').fill(unit.name);
	await page.getByLabel('颁发单位', { exact: true }).selectOption({ label: unit.name });
	const issuers = page.getByLabel('落款');
	await issuers.nth(0).fill('示例省人力资源和社会保障厅');
	await issuers.nth(1).fill('Model Province Department of Human Resources');
	await page.getByRole('button', { name: '保存模板' }).click();
	await expect(page.getByRole('article', { name: /结业证书/ })).toContainText('样张');
	await page.getByRole('button', { name: '开启颁发' }).click();
	await expect(page.getByText('由' + unit.name + '颁发')).toBeVisible();

	// Somebody completes the course; the certificate follows by itself.
	await aTry(as(ctx, person.id), addressOf(course));
	const own = await browser.newContext({ baseURL: process.env.E2E_URL });
	await own.setExtraHTTPHeaders({ 'x-test-now': ctx.now.toISOString() });
	const holder = await own.newPage();
	await signIn(holder, person);
	await expect(async () => {
		await holder.goto('/record');
		await expect(holder.getByRole('link', { name: '集体合同规定' }).first()).toBeVisible();
		await expect(holder.getByRole('region', { name: '证书', exact: true })).toContainText(
			`${unit.name}〔2026〕0001号`,
			{
				timeout: 1_000
			}
		);
	}).toPass({ timeout: 20_000 });
	await holder.getByRole('region', { name: '证书', exact: true }).getByRole('link', { name: '集体合同规定' }).click();
	const sheet = holder.getByRole('article');
	await expect(sheet).toContainText('沈知微同志');
	const code = (await sheet.locator('b').textContent())!;
	expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);
	await expectReadable(holder, () => holder.goto(holder.url()));
	await own.addCookies([{ name: 'PARAGLIDE_LOCALE', value: 'zh-CN', url: process.env.E2E_URL ?? '' }]);

	// The file carries its proof: checked with what is published, and nothing else.
	const certificateUrl = new URL(holder.url()).pathname;
	const file = await (await own.request.get(`${certificateUrl}/credential?in=en`)).json();
	const did = await (await page.request.get('/.well-known/did.json')).json();
	const { proof, ...credential } = file;
	const { proofValue, ...options } = proof;
	const method = did.verificationMethod.find(({ id }: { id: string }) => id === `${proof.verificationMethod}-jwk`);
	const data = Buffer.concat([options, credential].map((part) => hash('sha256', canonical(part), 'buffer')));
	const key = createPublicKey({ key: method.publicKeyJwk, format: 'jwk' });
	expect(verify(null, data, key, fromBase58(proofValue.slice(1)))).toBe(true);
	const token = await (await own.request.get(`${certificateUrl}/credential?as=jwt`)).text();
	await compactVerify(token, await importJWK(method.publicKeyJwk as JWK, 'EdDSA'));

	// Anybody checks the code, typed as it may be; nothing of it is for search engines.
	const anybody = await browser.newContext({ baseURL: process.env.E2E_URL });
	await anybody.setExtraHTTPHeaders({ 'x-test-now': ctx.now.toISOString() });
	const check = await anybody.newPage();
	await check.goto('/verify');
	await check.getByLabel('核验码').fill(code.toLowerCase().replaceAll('-', ' '));
	await check.getByRole('button', { name: '核验' }).click();
	await expect(check.getByRole('heading', { level: 1 })).toHaveText('这份证书有效');
	await expect(check.getByText('沈知微')).toBeVisible();
	await expect(check.getByText('示例省人力资源和社会保障厅')).toBeVisible();
	const raw = await anybody.request.get(`/verify/${code}`);
	expect(raw.headers()['x-robots-tag']).toContain('noindex');
	expect(await raw.text()).not.toContain(person.staffNumber);

	// HR revokes; the page says so, in general words.
	await page.goto('/manage/certificates?q=' + encodeURIComponent('沈知微'));
	await page.getByRole('link', { name: '沈知微' }).first().click();
	await page.getByRole('link', { name: '撤销证书' }).click();
	await page.getByLabel('撤销原因').fill('经查由他人代学');
	await page.getByRole('button', { name: '撤销这份证书' }).click();
	await expect(page.getByText('已撤销，并通知持证人')).toBeVisible();
	await check.goto(`/verify/${code}`);
	await expect(check.getByRole('heading', { level: 1 })).toHaveText('这份证书已撤销');
	await expect(check.getByText('由颁发单位决定撤销')).toBeVisible();
	expect(await check.content()).not.toContain('代学');
	await holder.goto('/notifications');
	await expect(holder.getByText('证书已撤销：集体合同规定')).toBeVisible();
	await holder.getByText('证书已撤销：集体合同规定').click();
	await expect(holder.getByText('经查由他人代学')).toBeVisible();
	expect((await own.request.get(`${certificateUrl}/credential`)).status()).toBe(409);

	await check.goto('/verify/0000-0000-0000-0000');
	await expect(check.getByRole('heading', { level: 1 })).toHaveText('没有这个核验码');
	expect(hr.id).not.toBe(person.id);
	await own.close();
	await anybody.close();
});

const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function fromBase58(text: string): Buffer {
	let number = 0n;
	for (const digit of text) number = number * 58n + BigInt(digits.indexOf(digit));
	return Buffer.from(number.toString(16).padStart(128, '0'), 'hex');
}

test('chosen certificates are printed together, one to a sheet of A4 landscape', async ({ page, ctx, signIn }) => {
	const unit = await aUnit(ctx);
	await signIn(page, 'hr', unit);
	const course = await aCourse(ctx, { lessons: 1 });
	for (let made = 0; made < 3; made++) await aTry(as(ctx, (await aPerson(ctx, { unit })).id), addressOf(course));
	await aTemplate(ctx, { unit, only: [course.id] });
	await expect(async () => {
		await page.goto('/manage/certificates');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('3份证书有效', { timeout: 1_000 });
	}).toPass({ timeout: 20_000 });
	await page.getByLabel('选择本页').check();
	await page.getByRole('button', { name: '打印所选证书' }).click();
	await expect(page.getByRole('article')).toHaveCount(3);
	const pdf = await page.pdf({ preferCSSPageSize: true });
	const text = pdf.toString('latin1');
	expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(3);
	expect(text).toMatch(/\/MediaBox\s*\[0 0 84[12]\S* 59[45]/);
});
