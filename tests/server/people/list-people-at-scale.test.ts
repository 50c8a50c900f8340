import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { countPeople, listPeople, type PeopleOrder } from '#lib/server/people/list-people.ts';
import type { PeopleFilter } from '#lib/server/people/listed.ts';
import { atomically, type Context } from '#lib/server/platform/context.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

/** Rows that a page of 50 may read, beside those that a search finds: 50 ms at the very most on a small machine. */
const most = 12_000;

/** A province of 100,000: eleven cities of some hundred offices each, names of a few hundred characters. */
async function aLargeProvince(ctx: Context) {
	const province = await theProvince(ctx);
	const cities = [];
	for (let number = 0; number < 11; number++)
		cities.push(await aUnit(ctx, { kind: 'city', path: `p.c${number}`, position: number, code: `C${number}` }));
	await ctx.db.execute(sql`
		insert into units (id, path, parent_id, kind, name, code, position, opened_on)
		select gen_random_uuid(), (c.path::text || '.o' || n)::ltree, c.id, 'county', c.name || n, c.code || '-' || n, n, '2000-01-01'
		from units c, generate_series(1, 100) n where c.kind = 'city'`);
	await ctx.db.execute(sql`
		with surnames as (select array['王 wang','李 li','张 zhang','刘 liu','陈 chen','杨 yang','赵 zhao','黄 huang','周 zhou','吴 wu','白 bai','苏 su'] as list),
		given as (select array['伟 wei','芳 fang','敏 min','静 jing','强 qiang','磊 lei','洋 yang','艳 yan','勇 yong','杰 jie','娟 juan','涛 tao','明 ming','超 chao','秀 xiu','霞 xia','平 ping','刚 gang','桂 gui','文 wen'] as list),
		offices as (select array_agg(id) as list from units)
		insert into people (id, staff_number, name, pinyin, initials, unit_id, title, leadership_level, rank, status, left_on, joined_on, created_at, updated_at)
		select gen_random_uuid(), lpad(n::text, 6, '0'), a[1] || b[1] || c[1], a[2] || b[2] || c[2] || ' ' || a[2] || left(b[2], 1) || left(c[2], 1) || ' ' || b[2] || c[2], left(a[2], 1) || left(b[2], 1) || left(c[2], 1),
			offices.list[1 + n * 7919 % array_length(offices.list, 1)], '科员',
			(case when n % 20 = 0 then (enum_range(null::leadership_level))[1 + floor(6 * sqrt(random()))::int % 6] end),
			(enum_range(null::rank))[1 + n % 12], (case when n % 31 = 0 then 'retired' else 'active' end)::person_status, case when n % 31 = 0 then date '2026-01-01' end,
			date '1990-01-01' + n % 13000, now(), now()
		from surnames, given, offices, generate_series(1, 100000) n,
			lateral (select string_to_array(surnames.list[1 + n % 12], ' ') a, string_to_array(given.list[1 + n / 12 % 20], ' ') b, string_to_array(given.list[1 + n / 240 % 20], ' ') c) name`);
	await ctx.db.execute(sql`vacuum analyze people`);
	await ctx.db.execute(sql`analyze units`);
	return { province, city: cities[3] ?? province };
}

/** How many rows of `people` an act reads: what a page costs, whatever else the machine does. */
function rowsRead(ctx: Context, act: (ctx: Context) => Promise<unknown>): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const before = await readSoFar(ctx);
		await act(ctx);
		return (await readSoFar(ctx)) - before;
	});
}

async function readSoFar({ db }: Context): Promise<number> {
	const { rows } = await db.execute<{ read: string }>(
		sql`select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'people'`
	);
	return Number(rows[0]?.read);
}

test('no page of 100,000 people reads far beyond what it shows', { timeout: 120_000 }, async ({ freshDatabase }) => {
	const { ctx: base } = await freshDatabase();
	const { province, city } = await aLargeProvince(base);
	const hr = await aPerson(base, { unit: province });
	const [whole, part] = [
		as(base, hr.id, { role: 'hr', unit: province }),
		as(base, hr.id, { role: 'liaison', unit: city })
	];

	const asked: { ctx: Context; filter: PeopleFilter; sort?: PeopleOrder }[] = [
		...(['name', '-name', 'number', '-number', 'unit', '-unit'] as const).flatMap((sort) => [
			{ ctx: whole, filter: {}, sort },
			{ ctx: part, filter: {}, sort }
		]),
		...['白', '伟', '白伟', 'b', 'bai', 'zhangw', 'zww', 'w', '099', '099999', '王 0', 'nobody'].flatMap((q) => [
			{ ctx: whole, filter: { q } },
			{ ctx: part, filter: { q } },
			{ ctx: whole, filter: { q }, sort: 'unit' as const }
		]),
		{ ctx: whole, filter: { level: 'department-chief' } },
		{ ctx: whole, filter: { level: 'any', rank: 'clerk-2' } },
		{ ctx: whole, filter: { rank: 'clerk-1' }, sort: 'unit' },
		{ ctx: whole, filter: { status: 'retired' } },
		{ ctx: whole, filter: { status: 'all' } },
		{ ctx: whole, filter: { unit: city.id } },
		{ ctx: whole, filter: { unit: city.id, only: true }, sort: 'number' }
	];

	const excessive: string[] = [];
	for (const { ctx, filter, sort } of asked) {
		const first = await listPeople(ctx, filter, { sort });
		const second = first.next ? await listPeople(ctx, filter, { sort, after: first.next }) : first;
		const middle = Buffer.from(JSON.stringify([sort?.endsWith('number') ? '050000' : '刘艳', hr.id])).toString(
			'base64url'
		);
		const matches = filter.q ? await countPeople(ctx, filter, { most: 100_000 }) : 0;

		const read = {
			first: await rowsRead(ctx, (ctx) => listPeople(ctx, filter, { sort })),
			middle: await rowsRead(ctx, (ctx) =>
				listPeople(ctx, filter, { sort, after: sort?.endsWith('unit') ? second.next : middle })
			),
			back: await rowsRead(ctx, (ctx) => listPeople(ctx, filter, { sort, before: second.previous })),
			count: (await rowsRead(ctx, (ctx) => countPeople(ctx, filter))) - 10_001
		};
		const words = `${ctx === part ? 'a city' : 'everybody'} ${JSON.stringify(filter)} by ${sort ?? 'name'}`;
		for (const [step, rows] of Object.entries(read))
			if (rows > most + 2 * matches) excessive.push(`${words}, ${step}: ${rows} rows`);
	}
	expect(excessive).toEqual([]);
});
