import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DemoSignIn } from '#lib/server/sessions/demo-sign-ins.ts';

const signIns: DemoSignIn[] = [{ role: 'hr', account: '100118', password: 'made anew for this folder' }];
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'mingfa-demo-'));
	vi.resetModules();
});
afterEach(() => {
	vi.unstubAllEnvs();
	rmSync(folder, { recursive: true });
});

/** The module under a configuration of its own. */
function load(settings: Record<string, string>) {
	for (const [name, value] of Object.entries({ MINGFA_DATA: folder, ...settings })) vi.stubEnv(name, value);
	return import('#lib/server/sessions/demo-sign-ins.ts');
}

test('offers what the demo left in the data folder, which nobody else may read', async () => {
	const { readDemoSignIns, writeDemoSignIns } = await load({ MINGFA_PRIVATE_DATABASE: 'yes' });
	expect(await readDemoSignIns()).toEqual([]);
	await writeDemoSignIns(signIns);
	expect(await readDemoSignIns()).toEqual(signIns);
	expect(statSync(path.join(folder, 'demo-sign-ins.json')).mode & 0o077).toBe(0);
});

test.each([
	{ settings: { MINGFA_PRIVATE_DATABASE: 'yes', MINGFA_DEMO: 'off' }, because: 'the demo is off' },
	{ settings: { MINGFA_PRIVATE_DATABASE: 'no', MINGFA_DEMO: 'on' }, because: 'the database is the operator’s own' }
])('offers nothing where $because', async ({ settings }) => {
	writeFileSync(path.join(folder, 'demo-sign-ins.json'), JSON.stringify(signIns));
	const { readDemoSignIns } = await load(settings);
	expect(await readDemoSignIns()).toEqual([]);
});
