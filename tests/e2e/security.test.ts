import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { APIRequestContext } from '@playwright/test';
import { anAccount, thePassword } from '../factories/accounts.ts';
import { startMingfa } from '../setup/mingfa-process.ts';
import { expect, test } from './test.ts';

const here = () => process.env.E2E_URL ?? '';
const html = { accept: 'text/html' };

/** Sends the sign-in form; what the server answers, before any redirect. */
function enter(
	request: APIRequestContext,
	account: string,
	password = thePassword,
	{ to = '/sign-in', ...headers }: Record<string, string> = {}
) {
	return request.post(to, {
		form: { account, password },
		headers: { origin: here(), ...html, ...headers },
		maxRedirects: 0
	});
}

const cookieIn = (setCookie: string, name = 'mingfa') =>
	new RegExp(`(?:^|\\n)${name}=([^;]+)([^\\n]*)`).exec(setCookie);

test('takes nothing that another site sent, forms and JSON alike', async ({ request, signIn }) => {
	await signIn({ request }, 'hr');
	const body = JSON.stringify({ theme: 'dark' });
	for (const origin of ['https://elsewhere.example', 'null', '']) {
		for (const type of [
			'application/json',
			'application/x-www-form-urlencoded',
			'text/plain',
			'multipart/form-data; boundary=x'
		]) {
			for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
				const headers = { 'content-type': type, ...(origin ? { origin } : {}) };
				const response = await request.fetch('/preferences', { method, data: body, headers, maxRedirects: 0 });
				expect(response.status(), `${method} ${type} from ${origin || 'nowhere'}`).toBe(403);
			}
		}
	}
	expect(
		(
			await request.post('/preferences', {
				form: { theme: 'dark' },
				headers: { origin: here(), ...html },
				maxRedirects: 0
			})
		).status()
	).toBe(303);
});

test('lets no other script run than its own, by a nonce that is never the same', async ({ request }) => {
	const nonces = new Set<string>();
	for (let count = 0; count < 2; count++) {
		const response = await request.get('/sign-in');
		const policy = response.headers()['content-security-policy'] ?? '';
		const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
		nonces.add(nonce);

		expect(policy).toContain("default-src 'self'");
		expect(policy).toContain("frame-ancestors 'none'");
		expect(policy).not.toMatch(/script-src[^;]*'unsafe/);
		const scripts = [...(await response.text()).matchAll(/<script(?![^>]*type="application\/json")([^>]*)>/g)];
		expect(scripts.length).toBeGreaterThan(0);
		for (const [, attributes] of scripts) expect(attributes).toContain(`nonce="${nonce}"`);
	}
	expect(nonces.size).toBe(2);
});

test('protects every answer by its headers, refusals too', async ({ request }) => {
	for (const address of ['/sign-in', '/nowhere', '/password/nothing', '/sign-out']) {
		const headers = (await request.get(address, { headers: html, maxRedirects: 0 })).headers();
		expect(headers, address).toMatchObject({
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'cross-origin-opener-policy': 'same-origin',
			'cache-control': expect.stringContaining('no-store')
		});
		expect(headers['referrer-policy'], address).toMatch(/^(same-origin|strict-origin)$/);
	}
});

test('hands the session over in a cookie that scripts and other sites do not get', async ({ request, ctx }) => {
	const { staffNumber } = await anAccount(ctx);
	const plain = cookieIn((await enter(request, staffNumber)).headers()['set-cookie'] ?? '');
	expect(plain?.[2]).toMatch(/; HttpOnly/i);
	expect(plain?.[2]).toMatch(/; SameSite=Lax/i);
	expect(plain?.[2]).not.toMatch(/Secure|Max-Age|Expires/i);

	const secure = {
		'x-forwarded-for': '192.0.2.1',
		'x-forwarded-proto': 'https',
		origin: here().replace('http:', 'https:')
	};
	expect(cookieIn((await enter(request, staffNumber, thePassword, secure)).headers()['set-cookie'] ?? '')?.[2]).toMatch(
		/; Secure/i
	);

	const form = { account: staffNumber, password: thePassword, remember: 'on' };
	const lasting = await request.post('/sign-in', { form, headers: { origin: here(), ...html }, maxRedirects: 0 });
	expect(cookieIn(lasting.headers()['set-cookie'] ?? '', 'mingfa-remembered')?.[2]).toMatch(/Max-Age=2592000/i);
});

test('starts a session of its own, whatever the browser brought along, and ends it for good', async ({
	request,
	ctx
}) => {
	const { staffNumber } = await anAccount(ctx);
	const planted = 'mingfa=planted-by-somebody-else';
	const first =
		cookieIn(
			(await enter(request, staffNumber, thePassword, { cookie: planted })).headers()['set-cookie'] ?? ''
		)?.[1] ?? '';
	const second = cookieIn((await enter(request, staffNumber)).headers()['set-cookie'] ?? '')?.[1] ?? '';
	expect(first).not.toBe('planted-by-somebody-else');
	expect(second).not.toBe(first);

	// Not through `request`, which adds the cookies that it has kept.
	const send = (address: string, cookie: string, method = 'GET') =>
		fetch(`${here()}${address}`, {
			method,
			body: method === 'POST' ? new URLSearchParams() : undefined,
			headers: { cookie, origin: here(), ...html },
			redirect: 'manual'
		});
	const statusWith = async (cookie: string) => (await send('/account', cookie)).status;
	expect(await statusWith(planted)).toBe(303);
	expect(await statusWith(`mingfa=${first}`)).toBe(200);
	await send('/sign-out', `mingfa=${first}`, 'POST');
	expect(await statusWith(`mingfa=${first}`)).toBe(303);
	expect(await statusWith(`mingfa=${second}`)).toBe(200);
});

test('leads nowhere but to its own pages after signing in', async ({ request, ctx }) => {
	const { staffNumber } = await anAccount(ctx);
	const landing = async (next: string) =>
		(await enter(request, staffNumber, thePassword, { to: `/sign-in?next=${encodeURIComponent(next)}` })).headers()
			.location;

	expect(await landing('/account?a=1')).toBe('/account?a=1');
	for (const next of [
		'https://elsewhere.example/',
		'//elsewhere.example',
		'/\\elsewhere.example',
		'\\\\elsewhere.example',
		'javascript:alert(1)',
		'/\t/elsewhere.example',
		''
	]) {
		expect(await landing(next), next).toBe('/today');
	}
});

test('slows wrong passwords for one account, with the same answer whether or not it exists', async ({
	request,
	ctx
}) => {
	const known = await anAccount(ctx);
	const answers = [];
	for (const [index, account] of [known.staffNumber, 'nobody-at-all'].entries()) {
		const from = { 'x-forwarded-for': `198.51.100.${index + 1}`, 'accept-language': 'en' };
		const answer = [];
		for (let count = 0; count < 6; count++) {
			const response = await enter(request, account, 'not this password', from);
			const text = (await response.text()).replaceAll(account, 'ACCOUNT');
			answer.push([response.status(), /role="alert"[\s\S]*?<strong>([^<]*)</.exec(text)?.[1]]);
		}
		answers.push(answer);
	}
	expect(answers[0]).toEqual(answers[1]);
	expect(answers[0]?.map(([status]) => status)).toEqual([400, 400, 400, 400, 400, 409]);
});

test('offers the demo’s sign-ins in demo mode on the private database, and nowhere else', async ({ request }) => {
	test.setTimeout(90_000);
	expect(await (await request.get('/sign-in')).text()).not.toContain('door__demo');

	const folder = mkdtempSync(path.join(os.tmpdir(), 'mingfa-demo-'));
	writeFileSync(
		path.join(folder, 'demo-sign-ins.json'),
		JSON.stringify([{ role: 'hr', account: '100118', password: 'made for this folder' }])
	);
	const settings = {
		MINGFA_DATA: folder,
		DATABASE_URL: process.env.E2E_DATABASE_URL ?? '',
		MINGFA_PRIVATE_DATABASE: 'yes'
	};
	for (const { demo, isOffered } of [
		{ demo: 'on', isOffered: true },
		{ demo: 'off', isOffered: false }
	]) {
		const mingfa = await startMingfa({ ...settings, MINGFA_DEMO: demo });
		const page = await (await fetch(`${mingfa.address}/sign-in`)).text();
		expect(page.includes('made for this folder'), `demo ${demo}`).toBe(isOffered);
		await mingfa.stop('SIGTERM');
	}
	rmSync(folder, { recursive: true });
});
