import { existsSync, mkdtempSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded, createDatabase } from '#db/embedded.ts';
import { startMingfa, runMingfa } from '../setup/mingfa-process.ts';
import { expect, test } from './test.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

// One data folder for all: the first test finds it empty, the others as it was left.
let folder: string;

test.beforeAll(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'mingfa-start-'));
	chmodSync(folder, 0o755); // the database's own user has to enter it when root runs the tests
});

test.afterAll(() => {
	const elsewhere = path.join(folder, 'postgres/LOCATION');
	if (existsSync(elsewhere)) rmSync(readFileSync(elsewhere, 'utf8').trim(), { recursive: true, force: true });
	rmSync(folder, { recursive: true, force: true });
});

/** The file that PostgreSQL keeps while it runs; its first line is its process. */
function postmasterFile(): string {
	const elsewhere = path.join(folder, 'postgres/LOCATION');
	const home = existsSync(elsewhere) ? readFileSync(elsewhere, 'utf8').trim() : path.join(folder, 'postgres');
	return path.join(home, 'cluster/postmaster.pid');
}

const quietly = () => ({ MINGFA_DATA: folder, MINGFA_DEMO: 'off', DATABASE_URL: '' });

test('two processes start on an empty folder, share its private database, and the last one out stops it', async () => {
	const [one, other] = await Promise.all([startMingfa(quietly()), startMingfa(quietly())]);
	expect(existsSync(postmasterFile())).toBe(true);
	expect(await one.stop('SIGTERM')).toBe(0);
	expect((await fetch(`${other.address}/readyz`)).status).toBe(200);
	expect(await other.stop('SIGTERM')).toBe(0);
	expect(existsSync(postmasterFile())).toBe(false);
});

test('starts again, and starts a killed private database again and goes on', async () => {
	const mingfa = await startMingfa(quietly());
	const page = await fetch(`${mingfa.address}/sign-in`);
	expect(page.status).toBe(200);
	expect(page.headers.get('keep-alive'), 'connections rest longer than a proxy keeps them').toBe('timeout=75');
	process.kill(Number(readFileSync(postmasterFile(), 'utf8').split('\n')[0]), 'SIGKILL');
	await expect
		.poll(async () => (await fetch(`${mingfa.address}/readyz`)).status, { timeout: 20_000, intervals: [10] })
		.toBe(503);
	await expect.poll(async () => (await fetch(`${mingfa.address}/readyz`)).status, { timeout: 30_000 }).toBe(200);
	expect((await fetch(`${mingfa.address}/sign-in`)).status).toBe(200);
	expect(await mingfa.stop('SIGINT')).toBe(0);
	expect(existsSync(postmasterFile())).toBe(false);
});

test('answers 503 while its database is away, and recovers when it is back', async () => {
	const start = () => startEmbedded({ folder: path.join(folder, 'postgres') });
	let server = await start();
	const mingfa = await startMingfa({ ...quietly(), DATABASE_URL: await createDatabase(server, 'mingfa') });
	const statusOf = async (page: string) =>
		(await fetch(`${mingfa.address}${page}`, { headers: { cookie: 'session=unknown' } })).status;

	await server.release();
	expect(await statusOf('/readyz')).toBe(503);
	expect(await statusOf('/healthz')).toBe(200);
	server = await start();
	await expect.poll(() => statusOf('/readyz'), { timeout: 20_000 }).toBe(200);
	expect(await mingfa.stop('SIGTERM')).toBe(0);
	await server.release();
});

for (const { setting, says } of [
	{ setting: { PORT: 'eighty' }, says: /^PORT="eighty" is no whole number/ },
	{ setting: { MINGFA_TIMEZONE: 'Mars/Olympus' }, says: /^MINGFA_TIMEZONE="Mars\/Olympus" is no time zone/ },
	{ setting: { MINGFA_DMEO: 'off' }, says: /^MINGFA_DMEO is no setting of Mingfa/ }
]) {
	test(`stops with one sentence on ${Object.entries(setting).join()}`, async () => {
		const { code, stderr } = await runMingfa(['serve'], { ...quietly(), ...setting });
		expect(code).toBe(2);
		expect(stderr).toMatch(says);
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});
}

test('says what to do when the port is taken', async () => {
	const first = await startMingfa(quietly());
	const { code, stderr } = await runMingfa(['serve'], { ...quietly(), PORT: new URL(first.address).port });
	expect(code).toBe(1);
	expect(stderr).toContain('set PORT to another');
	expect((await fetch(`${first.address}/readyz`)).status).toBe(200);
	expect(await first.stop('SIGTERM')).toBe(0);
});
