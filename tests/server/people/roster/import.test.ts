import { asc, eq, inArray, sql } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { people, posts, rosterImportRows, rosterImports } from '#db/schema/people.ts';
import { promotions } from '#db/schema/promotions.ts';
import { accounts } from '#db/schema/sessions.ts';
import '#lib/server/jobs/subscriptions.ts';
import { readingOf } from '#lib/server/people/name-reading.ts';
import { chooseColumns } from '#lib/server/people/roster/choose-columns.ts';
import { chooseRows } from '#lib/server/people/roster/choose-rows.ts';
import { commitImport } from '#lib/server/people/roster/commit-import.ts';
import { discardForgotten, discardImport } from '#lib/server/people/roster/discard-import.ts';
import { readImport } from '#lib/server/people/roster/read-import.ts';
import { requestCommit } from '#lib/server/people/roster/request-commit.ts';
import { resumeImports } from '#lib/server/people/roster/resume-imports.ts';
import { startImport } from '#lib/server/people/roster/start-import.ts';
import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import type { RosterField } from '#lib/schemas/roster.ts';
import { aPerson } from '#tests/factories/people.ts';
import { aRosterCsv } from '#tests/factories/roster-files.ts';
import { aGrant, as, aUnit, theProvince, type Unit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

type Line = Partial<Record<RosterField, string>>;

/** HR of a unit, as a person with a grant: jobs look their roles up. */
async function hrOf(base: Context, unit: Unit) {
	const person = await aPerson(base, { unit });
	await aGrant(base, person.id, 'hr', unit);
	return { person, ctx: as(base, person.id, { role: 'hr', unit }) };
}

async function preview(ctx: SignedIn, unit: Unit, lines: Line[] | Buffer | string): Promise<string> {
	const file = Array.isArray(lines) ? Buffer.from(aRosterCsv(lines)) : Buffer.from(lines);
	const id = await startImport(ctx, { unitId: unit.id, fileName: 'roster.csv', file });
	await readImport(ctx, id);
	return id;
}

async function commit(ctx: SignedIn, importId: string): Promise<void> {
	await requestCommit(ctx, { importId, shown: [], chosen: [] });
	await commitImport(ctx, importId);
}

const rowsOf = ({ db }: Context, id: string) =>
	db.select().from(rosterImportRows).where(eq(rosterImportRows.importId, id)).orderBy(asc(rosterImportRows.row));
const importOf = async ({ db }: Context, id: string) =>
	(await db.select().from(rosterImports).where(eq(rosterImports.id, id)))[0]!;
const verdicts = async (ctx: Context, id: string) =>
	(await rowsOf(ctx, id)).map(({ row, verdict, problems }) => [row, verdict, problems?.[0]?.key]);
const person = async ({ db }: Context, staffNumber: string) =>
	(await db.select().from(people).where(eq(people.staffNumber, staffNumber)))[0];
const postsOf = ({ db }: Context, personId: string) =>
	db.select().from(posts).where(eq(posts.personId, personId)).orderBy(asc(posts.startsOn));

const anEntrant = (unit: Unit, line: Line = {}): Line => ({
	staffNumber: '300001',
	name: '单既明',
	unitCode: unit.code,
	title: '科员',
	rank: '一级科员',
	startsOn: '2026年3月1日',
	...line
});

describe('the preview', () => {
	test('tells new, changed, unchanged and wrong rows apart and writes nothing', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const [same, renamed] = [await aPerson(base, { unit }), await aPerson(base, { unit })];
		const id = await preview(ctx, unit, [
			anEntrant(unit),
			{ staffNumber: same.staffNumber.toLowerCase(), name: same.name, unitCode: unit.code },
			{ staffNumber: renamed.staffNumber, name: '白景行', email: 'bai@example.cn' },
			anEntrant(unit, { staffNumber: '300002', startsOn: '2026-02-30' })
		]);

		expect(await verdicts(ctx, id)).toEqual([
			[2, 'new', undefined],
			[3, 'unchanged', undefined],
			[4, 'changed', undefined],
			[5, 'wrong', 'roster.no-date']
		]);
		expect((await rowsOf(ctx, id))[2]?.changes).toEqual({
			name: { from: renamed.name, to: '白景行' },
			email: { from: null, to: 'bai@example.cn' }
		});
		expect(await importOf(ctx, id)).toMatchObject({ status: 'previewed', rowsRead: 4, rowsTotal: 4 });
		expect(await person(ctx, '300001')).toBeUndefined();
	});

	test('finds a staff number again however far apart its rows stand', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const lines = Array.from({ length: 2_500 }, (_, at) => anEntrant(unit, { staffNumber: `A${at}` }));
		lines[2_400] = anEntrant(unit, { staffNumber: 'a7', name: '白景行' });
		const rows = await rowsOf(ctx, await preview(ctx, unit, lines));

		expect(rows).toHaveLength(2_500);
		expect(rows.filter(({ verdict }) => verdict !== 'new')).toMatchObject([
			{ row: 9, verdict: 'wrong', selected: false, problems: [{ key: 'roster.twice', values: { row: 2_402 } }] },
			{ row: 2_402, verdict: 'wrong', selected: false, problems: [{ key: 'roster.twice', values: { row: 9 } }] }
		]);
	});

	test('says of every wrong row why, at its field', async ({ ctx: base }) => {
		const province = await theProvince(base);
		const [unit, other, closed] = [
			await aUnit(base, { name: '甲局' }),
			await aUnit(base, { name: '乙局' }),
			await aUnit(base, { closedOn: '2025-01-01' })
		];
		const office = await aUnit(base, { below: unit, name: '办公室' });
		await aUnit(base, { below: other, name: '办公室' });
		const { ctx, person: hr } = await hrOf(base, province);
		const held = await aPerson(base, { unit });
		const gone = await aPerson(base, { unit, status: 'retired', leftOn: '2026-01-01' });
		const id = await preview(ctx, province, [
			anEntrant(unit, { unitCode: 'NOWHERE' }),
			anEntrant(unit, { staffNumber: '300002', unitCode: '', unitName: '办公室' }),
			anEntrant(unit, { staffNumber: '300003', unitName: '乙局' }),
			anEntrant(closed, { staffNumber: '300004' }),
			anEntrant(unit, { staffNumber: '300005', title: '' }),
			anEntrant(unit, { staffNumber: '300006', name: '=HYPERLINK("http://example.org")' }),
			anEntrant(unit, { staffNumber: '300007' }),
			anEntrant(unit, { staffNumber: '300007', name: '白景行' }),
			anEntrant(unit, { staffNumber: '300008', leadershipLevel: '处长' }),
			anEntrant(unit, { staffNumber: '300009', kind: '兼任' }),
			{ staffNumber: held.staffNumber, name: held.name, title: '处长' },
			{ staffNumber: gone.staffNumber, name: gone.name, title: '处长', startsOn: '2026-05-01' },
			{ staffNumber: hr.staffNumber, name: '自己' },
			anEntrant(unit, { staffNumber: '三〇一' }),
			anEntrant(unit, { staffNumber: '', name: '无号' }),
			anEntrant(unit, { staffNumber: '300010', unitCode: '', unitName: '甲局 > 办公室' })
		]);

		const rows = await rowsOf(ctx, id);
		expect(rows.map(({ problems }) => problems?.[0] && [problems[0].field, problems[0].key])).toEqual([
			['unitCode', 'roster.unit-unknown'],
			['unitName', 'roster.unit-ambiguous'],
			['unitName', 'roster.unit-mismatch'],
			['unitCode', 'roster.unit-closed'],
			['title', 'roster.needed-for-new'],
			['name', 'roster.formula'],
			['staffNumber', 'roster.twice'],
			['staffNumber', 'roster.twice'],
			['leadershipLevel', 'roster.no-level'],
			['kind', 'roster.side-kind'],
			['startsOn', 'roster.start-needed'],
			['title', 'roster.not-active'],
			[undefined, 'access.own-case'],
			['staffNumber', 'field.no-code'],
			['staffNumber', 'field.required'],
			undefined
		]);
		expect(rows.at(-1)).toMatchObject({ verdict: 'new' });
		await commit(ctx, id);
		expect((await person(ctx, '300010'))?.unitId).toBe(office.id);
	});

	test('refuses people and units beyond reach without telling about them', async ({ ctx: base }) => {
		const [unit, elsewhere] = [await aUnit(base), await aUnit(base)];
		const { ctx } = await hrOf(base, unit);
		const stranger = await aPerson(base, { unit: elsewhere });
		const id = await preview(ctx, unit, [{ staffNumber: stranger.staffNumber, name: '换名' }, anEntrant(elsewhere)]);

		expect(await verdicts(ctx, id)).toEqual([
			[2, 'wrong', 'roster.out-of-reach'],
			[3, 'wrong', 'roster.out-of-reach']
		]);
		expect((await rowsOf(ctx, id))[0]?.personId).toBeNull();
		await expect(
			startImport(ctx, { unitId: elsewhere.id, fileName: 'a.csv', file: Buffer.from('工号,姓名') })
		).rejects.toThrow('unit.not-found');
	});

	test('asks for columns that no header names, and reads again with those chosen', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const id = await preview(ctx, unit, `编码,姓名,机构代码,职务,任职时间\n300001,单既明,${unit.code},科员,20260301`);
		expect(await importOf(ctx, id)).toMatchObject({ status: 'failed', failure: { key: 'roster.columns-missing' } });

		const columns = { staffNumber: 0, name: 1, unitCode: 2, title: 3, startsOn: 4 };
		await expect(chooseColumns(ctx, { importId: id, columns: { ...columns, title: 1 } })).rejects.toThrow(
			'roster.column-twice'
		);
		await chooseColumns(ctx, { importId: id, columns });
		await readImport(ctx, id);
		expect(await verdicts(ctx, id)).toEqual([[2, 'new', undefined]]);
	});

	test('passes over the example of the template', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const id = await preview(ctx, unit, [anEntrant(unit, { staffNumber: '示例-100001' }), anEntrant(unit)]);
		expect(await verdicts(ctx, id)).toEqual([[3, 'new', undefined]]);
	});
});

describe('the commit', () => {
	test('hires with account and first post, corrects details, and writes one audit line', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const known = await aPerson(base, { unit });
		const id = await preview(ctx, unit, [
			anEntrant(unit, { joinedOn: '2019/7/1' }),
			{ staffNumber: known.staffNumber, name: '白景行' }
		]);
		await commit(ctx, id);

		const hired = await person(ctx, '300001');
		expect(hired).toMatchObject({
			name: '单既明',
			...readingOf('单既明'),
			unitId: unit.id,
			title: '科员',
			rank: 'clerk-1',
			joinedOn: '2019-07-01',
			status: 'active'
		});
		expect(await postsOf(ctx, hired!.id)).toMatchObject([
			{ kind: 'initial', startsOn: '2026-03-01', endsOn: null, primary: true }
		]);
		expect(await ctx.db.select().from(accounts).where(eq(accounts.personId, hired!.id))).toMatchObject([
			{ passwordHash: null }
		]);
		expect(await person(ctx, known.staffNumber)).toMatchObject({ name: '白景行', ...readingOf('白景行') });

		const lines = await ctx.db.select().from(auditEntries).where(eq(auditEntries.subjectId, id));
		expect(lines.map(({ action }) => action)).toEqual(['roster-import.started', 'roster-import.committed']);
		expect(lines[1]?.details).toEqual({ unitId: unit.id, hired: 1, corrected: 1, appointed: 0, left: 0, refused: 0 });
		expect(await importOf(ctx, id)).toMatchObject({ status: 'committed', file: null });
	});

	test('a higher leading level is a promotion that opens a case; a rise in 职级 is none', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const [rising, ranked] = [await aPerson(base, { unit }), await aPerson(base, { unit, rank: 'clerk-2' })];
		const id = await preview(ctx, unit, [
			{
				staffNumber: rising.staffNumber,
				name: rising.name,
				title: '处长',
				leadershipLevel: '县处级正职',
				startsOn: '2026-06-01',
				document: '人社任〔2026〕6号'
			},
			{ staffNumber: ranked.staffNumber, name: ranked.name, rank: '一级科员', startsOn: '2026-06-01' }
		]);
		await commit(ctx, id);

		expect(
			(await postsOf(ctx, rising.id)).map(({ kind, leadershipLevel, startsOn, endsOn }) => [
				kind,
				leadershipLevel,
				startsOn,
				endsOn
			])
		).toEqual([
			['initial', null, '2020-01-01', '2026-06-01'],
			['promotion', 'division-chief', '2026-06-01', null]
		]);
		const cases = await ctx.db
			.select()
			.from(promotions)
			.where(inArray(promotions.personId, [rising.id, ranked.id]));
		expect(cases).toMatchObject([
			{ personId: rising.id, toLevel: 'division-chief', dueOn: '2027-06-01', document: '人社任〔2026〕6号' }
		]);
		expect((await postsOf(ctx, ranked.id)).at(-1)).toMatchObject({
			kind: 'promotion',
			rank: 'clerk-1',
			title: ranked.title
		});
	});

	test('the same file once more changes nothing', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const mover = await aPerson(base, { unit });
		const to = await aUnit(base, { below: unit });
		const lines = [
			anEntrant(unit),
			anEntrant(unit, { staffNumber: '300002', startsOn: '2027-01-01' }),
			{ staffNumber: mover.staffNumber, name: mover.name, unitCode: to.code, startsOn: '2026-12-01' }
		];
		await commit(ctx, await preview(ctx, unit, lines));
		expect(await person(ctx, mover.staffNumber)).toMatchObject({ unitId: unit.id }); // the post begins later

		expect((await verdicts(ctx, await preview(ctx, unit, lines))).map(([, verdict]) => verdict)).toEqual([
			'unchanged',
			'unchanged',
			'unchanged'
		]);
	});

	test('corrects title, rank and document on the day of the post, but not unit or level', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const [one, other, early] = [
			await aPerson(base, { unit }),
			await aPerson(base, { unit }),
			await aPerson(base, { unit })
		];
		const id = await preview(ctx, unit, [
			{
				staffNumber: one.staffNumber,
				name: one.name,
				title: '四级主任科员',
				rank: '四级主任科员',
				startsOn: '2020-01-01'
			},
			{ staffNumber: other.staffNumber, name: other.name, leadershipLevel: '正科级', startsOn: '2020-01-01' },
			{ staffNumber: early.staffNumber, name: early.name, title: '办事员', startsOn: '2019-01-01' }
		]);
		expect(await verdicts(ctx, id)).toEqual([
			[2, 'changed', undefined],
			[3, 'wrong', 'roster.same-day-change'],
			[4, 'wrong', 'roster.start-before']
		]);
		await commit(ctx, id);
		expect(await postsOf(ctx, one.id)).toMatchObject([
			{ title: '四级主任科员', rank: 'principal-clerk-4', startsOn: '2020-01-01', endsOn: null }
		]);
		expect(await person(ctx, one.staffNumber)).toMatchObject({ title: '四级主任科员' });
	});

	test('lets people leave', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const retiring = await aPerson(base, { unit });
		await commit(
			ctx,
			await preview(ctx, unit, [
				{ staffNumber: retiring.staffNumber, name: retiring.name, status: '退休', leftOn: '2026-11-01' }
			])
		);
		expect(await person(ctx, retiring.staffNumber)).toMatchObject({ status: 'retired', leftOn: '2026-11-01' });
		expect(await postsOf(ctx, retiring.id)).toMatchObject([{ endsOn: '2026-11-01' }]);
	});

	test('writes only the chosen rows', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const id = await preview(
			ctx,
			unit,
			['300001', '300002', '300003'].map((staffNumber) => anEntrant(unit, { staffNumber }))
		);
		await chooseRows(ctx, { importId: id, all: '', none: 'new', shown: [], chosen: [] });
		await expect(requestCommit(ctx, { importId: id, shown: [], chosen: [] })).rejects.toThrow(
			'roster-import.nothing-chosen'
		);

		await requestCommit(ctx, { importId: id, shown: [2, 3, 4], chosen: [3] });
		await commitImport(ctx, id);
		expect(
			[await person(ctx, '300001'), await person(ctx, '300002'), await person(ctx, '300003')].map(
				(found) => found !== undefined
			)
		).toEqual([false, true, false]);
	});

	test('refuses the rows over which the roster has moved on, and writes the others', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const id = await preview(ctx, unit, [anEntrant(unit), anEntrant(unit, { staffNumber: '300002' })]);
		await aPerson(base, { unit, staffNumber: '300001', name: '先到' });
		await commit(ctx, id);

		expect(await verdicts(ctx, id)).toEqual([
			[2, 'wrong', 'roster.moved-on'],
			[3, 'new', undefined]
		]);
		expect((await person(ctx, '300001'))?.name).toBe('先到');
		expect(await person(ctx, '300002')).toBeDefined();
	});

	test('reaches no further than the uploader does by then', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const hr = await aPerson(base, { unit });
		const ctx = as(base, hr.id, { role: 'hr', unit }); // without a grant that lasts
		const id = await startImport(ctx, {
			unitId: unit.id,
			fileName: 'a.csv',
			file: Buffer.from(aRosterCsv([anEntrant(unit)]))
		});
		await readImport(ctx, id);
		expect(await verdicts(ctx, id)).toEqual([[2, 'wrong', 'roster.out-of-reach']]);
	});
});

describe('whose import it is', () => {
	test('others within reach look and do not touch; others beyond it see nothing', async ({ ctx: base }) => {
		const [unit, elsewhere] = [await aUnit(base), await aUnit(base)];
		const [own, colleague, stranger] = [await hrOf(base, unit), await hrOf(base, unit), await hrOf(base, elsewhere)];
		const id = await preview(own.ctx, unit, [anEntrant(unit)]);

		await expect(requestCommit(colleague.ctx, { importId: id, shown: [], chosen: [] })).rejects.toThrow(
			'roster-import.not-own'
		);
		await expect(requestCommit(stranger.ctx, { importId: id, shown: [], chosen: [] })).rejects.toThrow(
			'roster-import.not-found'
		);
		await discardImport(own.ctx, { importId: id });
		expect(await rowsOf(base, id)).toEqual([]);
		await expect(requestCommit(own.ctx, { importId: id, shown: [], chosen: [] })).rejects.toThrow(
			'roster-import.moved-on'
		);
	});

	test('what nobody commits is thrown away after a month', async ({ ctx: base }) => {
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const id = await preview(ctx, unit, [anEntrant(unit)]);
		const later = (days: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + days * 86_400_000) });
		expect(await discardForgotten(later(29))).toBe(0);
		expect(await discardForgotten(later(31))).toBe(1);
		expect(await importOf(ctx, id)).toMatchObject({ status: 'discarded', file: null });
	});
});

describe('at the same time', () => {
	test('two commits of one import write it once', async ({ freshDatabase }) => {
		const { ctx: base } = await freshDatabase();
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const id = await preview(ctx, unit, [anEntrant(unit)]);
		const asked = await Promise.allSettled(
			[1, 2].map(() => requestCommit(ctx, { importId: id, shown: [], chosen: [] }))
		);
		expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);

		await Promise.all([commitImport(ctx, id), commitImport(ctx, id), commitImport(ctx, id)]);
		await commitImport(ctx, id);
		expect(await postsOf(ctx, (await person(ctx, '300001'))!.id)).toHaveLength(1);
		expect(await importOf(ctx, id)).toMatchObject({ status: 'committed' });
	});

	test('reading begins again where it was cut off', async ({ freshDatabase }) => {
		const { ctx: base } = await freshDatabase();
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const id = await startImport(ctx, {
			unitId: unit.id,
			fileName: 'a.csv',
			file: Buffer.from(aRosterCsv([anEntrant(unit)]))
		});
		await Promise.all([readImport(ctx, id), readImport(ctx, id)]);
		await readImport(ctx, id);
		expect(await verdicts(ctx, id)).toEqual([[2, 'new', undefined]]);
	});

	test('work that a killed process left behind is queued again, once', async ({ freshDatabase }) => {
		const { ctx: base } = await freshDatabase();
		const unit = await aUnit(base);
		const { ctx } = await hrOf(base, unit);
		const queued = async () =>
			(
				await ctx.db.execute<{ key: string }>(
					sql`select key from graphile_worker.jobs where key like 'people.%-roster %'`
				)
			).rows.map(({ key }) => key);
		const file = Buffer.from(aRosterCsv([anEntrant(unit)]));
		const id = await startImport(ctx, { unitId: unit.id, fileName: 'a.csv', file });
		await ctx.db.execute(sql`select graphile_worker.remove_job(${`people.read-roster ${id}`})`);

		await resumeImports(ctx);
		await resumeImports(ctx);
		expect(await queued()).toEqual([`people.read-roster ${id}`]);
		await readImport(ctx, id);
		await requestCommit(ctx, { importId: id, shown: [], chosen: [] });
		await resumeImports(ctx);
		expect((await queued()).sort()).toEqual([`people.commit-roster ${id}`, `people.read-roster ${id}`]);
		await commitImport(ctx, id);
		expect((await importOf(ctx, id)).status).toBe('committed');
	});
});
