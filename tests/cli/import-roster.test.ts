import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { people } from '#db/schema/people.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aRosterCsv } from '#tests/factories/roster-files.ts';
import { aGrant, aUnit } from '#tests/factories/units.ts';
import { runMingfa } from '#tests/setup/mingfa-process.ts';
import { test } from '#tests/setup/test.ts';

test('imports a roster from the shell: says what was refused, and whom it may reach', async ({
	freshDatabase,
	onTestFinished
}) => {
	const { ctx, url } = await freshDatabase();
	const [unit, elsewhere] = [await aUnit(ctx), await aUnit(ctx)];
	const hr = await aPerson(ctx, { unit });
	await aGrant(ctx, hr.id, 'hr', unit);
	const folder = await mkdtemp(path.join(tmpdir(), 'mingfa-import-'));
	onTestFinished(() => rm(folder, { recursive: true }));
	const file = path.join(folder, 'roster.csv');
	const line = (staffNumber: string, { code }: { code: string }) => ({
		staffNumber,
		name: '单既明',
		unitCode: code,
		title: '科员',
		startsOn: '2026-03-01'
	});
	await writeFile(file, aRosterCsv([line('700001', unit), line('700002', elsewhere)]));
	const mingfa = (...argv: string[]) =>
		runMingfa(['import', 'roster', ...argv], { DATABASE_URL: url, MINGFA_DATA: folder });
	const rosterSize = async () => (await ctx.db.select().from(people).where(eq(people.name, '单既明'))).length;

	expect(await mingfa(file, '--dry-run')).toMatchObject({ code: 0, stdout: '2人新增，0人变更，0行有误\n' });
	expect(await rosterSize()).toBe(0);

	const asHr = await mingfa(file, '--as', hr.staffNumber, '--json');
	expect(asHr.code).toBe(2);
	expect(JSON.parse(asHr.stdout)).toMatchObject({
		status: 'committed',
		counts: { new: 1, wrong: 1 },
		refused: [
			{
				row: 3,
				staffNumber: '700002',
				problems: [{ field: 'unitCode', key: 'roster.out-of-reach', message: '不在你的管理范围内。' }]
			}
		]
	});

	expect(await mingfa(file)).toMatchObject({ code: 0, stdout: '已写入1人\n', stderr: '' });
	expect(await rosterSize()).toBe(2);

	await writeFile(file, Buffer.from('d0cf11e0a1b11ae1', 'hex'));
	expect(await mingfa(file)).toMatchObject({ code: 1, stderr: expect.stringContaining('旧版.xls') });
	expect((await mingfa(path.join(folder, 'nowhere.csv'))).code).toBe(2);
}, 60_000);
