import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { linesOf } from '../../src/cli/sign-in-lines.ts';
import { run } from '../../src/cli/seed.ts';
import { runMingfa } from '../setup/mingfa-process.ts';
import { test } from '../setup/test.ts';

test.for([[], ['--people', '2000'], ['--demo', '--people', '12'], ['--demo', '--people', 'many']])(
	'asks for more than %j',
	async (argv) => {
		await expect(run(argv)).rejects.toThrow(/say "seed --demo"|whole number/);
	}
);

test('the sign-ins stand under each other', () => {
	const signIns = [
		{ role: 'hr' as const, account: 'hr', password: 'first' },
		{ role: 'learner' as const, account: 'learner', password: 'second' }
	];
	expect(linesOf(signIns)).toEqual(['Sign in to the demo as:', '  hr       first', '  learner  second']);
});

test('fills an empty database, keeps the sign-ins for its owner alone, and does it once', async ({ freshDatabase }) => {
	const data = await mkdtemp(path.join(os.tmpdir(), 'mingfa-seed-'));
	const { url, ctx } = await freshDatabase();
	const settings = { DATABASE_URL: url, MINGFA_DATA: data };

	const first = await runMingfa(['seed', '--demo', '--people', '500'], settings);
	expect(first).toMatchObject({ code: 0, stderr: '' });
	expect(first.stdout).toContain('The demo province has 500 people in');

	const file = path.join(data, 'demo-sign-ins.json');
	const signIns = JSON.parse(await readFile(file, 'utf8')) as { account: string; password: string }[];
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	for (const { account, password } of signIns) expect(first.stdout).toMatch(new RegExp(`${account} +${password}`));

	const { rows } = await ctx.db.execute(sql`
		select 1 from graphile_worker.jobs j join exams e on j.key = 'exams.statistics ' || e.id where e.state = 'released'`);
	expect(rows, 'the exam that was sat gets its figures').toHaveLength(1);

	expect(await runMingfa(['seed', '--demo', '--once'], settings)).toEqual({ code: 0, stdout: '', stderr: '' });
	const again = await runMingfa(['seed', '--demo'], settings);
	expect(again.code).toBe(1);
	expect(again.stderr).toContain('needs an empty one');
	await rm(data, { recursive: true });
}, 60_000);
