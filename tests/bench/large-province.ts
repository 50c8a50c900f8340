import { sql } from 'drizzle-orm';
import { refreshRollups } from '#lib/server/completion/refresh-rollups.ts';
import { atomically, type Context } from '#lib/server/platform/context.ts';

/** How large: cities below the root, counties in each, offices in each of those, and people over all offices. */
export type Size = { people: number; cities?: number; counties?: number; offices?: number };

/**
 * Fills a migrated database that holds at least one course with a province to measure on: about 1,400 units below the
 * root, people with a post, and two duties each of this year, most of them completed. Set-based, so that 100,000 people
 * take seconds. The figures are the same on every run.
 */
export async function fillProvince(
	ctx: Context,
	{ people, cities = 20, counties = 10, offices = 6 }: Size
): Promise<void> {
	await atomically(ctx, async ({ db }) => {
		const now = ctx.now;
		const year = sql`extract(year from ${now}::timestamptz)::int`;
		await db.execute(sql`
			insert into units (id, path, parent_id, kind, name, code, position, opened_on)
			select gen_random_uuid(), 'p', null, 'province', '示例省人力资源和社会保障厅', 'BENCH', 0, '2000-01-01'
			where not exists (select 1 from units where parent_id is null)`);
		await db.execute(sql`create temporary table bench_units on commit drop as
			with root as (select id, path from units where parent_id is null),
			cities as (
				select gen_random_uuid() as id, root.path || ('bc' || n) as path, root.id as parent_id, n, 'city'::unit_kind as kind, '第' || n || '市人力资源和社会保障局' as name
				from root, generate_series(1, ${cities}::int) n),
			counties as (
				select gen_random_uuid() as id, city.path || ('bk' || s.n) as path, city.id as parent_id, s.n, 'county'::unit_kind as kind, '第' || city.n || '市第' || s.n || '县人力资源和社会保障局' as name
				from cities city, generate_series(1, ${counties}::int) s (n)),
			offices as (
				select gen_random_uuid() as id, county.path || ('bo' || s.n) as path, county.id as parent_id, s.n, 'division'::unit_kind as kind, '第' || s.n || '股' as name
				from counties county, generate_series(1, ${offices}::int) s (n))
			select * from cities union all select * from counties union all select * from offices`);
		await db.execute(sql`
			insert into units (id, path, parent_id, kind, name, code, position, opened_on)
			select id, path, parent_id, kind, name, 'BENCH-' || row_number() over (order by path), n, '2000-01-01' from bench_units order by nlevel(path)`);
		await db.execute(sql`
			insert into unit_periods (id, unit_id, name, parent_id, starts_on) select gen_random_uuid(), id, name, parent_id, '2000-01-01' from bench_units`);

		await db.execute(sql`create temporary table bench_people on commit drop as
			with office as (select id, row_number() over (order by path) - 1 as place, count(*) over () as total from bench_units where kind = 'division')
			select gen_random_uuid() as id, n, office.id as unit_id from generate_series(1, ${people}::int) n join office on office.place = n % office.total`);
		await db.execute(sql`
			insert into people (id, staff_number, name, pinyin, initials, unit_id, title, rank, created_at, updated_at)
			select id, 'B' || lpad(n::text, 7, '0'), '示例' || n, 'shili' || n, 'sl' || n, unit_id, '科员', 'clerk-1', ${now}, ${now} from bench_people`);
		await db.execute(sql`
			insert into posts (id, person_id, unit_id, title, rank, kind, "primary", starts_on, created_at)
			select gen_random_uuid(), id, unit_id, '科员', 'clerk-1', 'initial', true, '2020-01-01', ${now} from bench_people`);

		await db.execute(sql`create temporary table bench_duties on commit drop as
			select p.id as person_id, p.unit_id, c.id as course_id, c.current_version_id, gen_random_uuid() as assignment_id, gen_random_uuid() as completion_id,
				p.n, make_date(${year}, 3 + ((p.n / 1200 + c.place * 5) % 10)::int, 28) as due_on, (p.n * 7 + c.place * 13) % 100 < 82 as completed, (p.n * 3 + c.place) % 2 = 0 as started
			from bench_people p join (select id, current_version_id, row_number() over (order by position, id) as place from courses where archived_at is null limit 2) c on true`);
		await db.execute(sql`
			with made as (select course_id, due_on, min(assignment_id::text)::uuid as id, min(person_id::text)::uuid as by from bench_duties group by 1, 2)
			insert into assignments (id, course_id, unit_id, reason, due_on, created_by, created_at)
			select made.id, course_id, (select id from units where parent_id is null), '年度计划', due_on, made.by, ${now} from made`);
		await db.execute(sql`
			insert into course_completions (id, person_id, course_id, course_version_id, unit_id, completed_at)
			select completion_id, person_id, course_id, current_version_id, unit_id, ${now}::timestamptz - interval '40 days' from bench_duties where completed on conflict do nothing`);
		await db.execute(sql`
			insert into obligations (id, person_id, course_id, unit_id, assignment_id, due_on, created_at, started_at, completed_at, completion_id)
			select gen_random_uuid(), d.person_id, d.course_id, d.unit_id, a.id, d.due_on, ${now}::timestamptz - interval '200 days',
				case when d.started or d.completed then ${now}::timestamptz - interval '50 days' end,
				case when d.completed then ${now}::timestamptz - interval '40 days' end, case when d.completed then d.completion_id end
			from bench_duties d join assignments a on a.course_id = d.course_id and a.due_on = d.due_on and a.created_at = ${now} and a.reason = '年度计划'`);
		await db.execute(
			sql`insert into completion_dirty (unit_id, year, at) select distinct unit_id, ${year}, ${now}::timestamptz from bench_people`
		);
	});
	await refreshRollups(ctx);
	await ctx.db.execute(sql`analyze`);
}
