import { sql } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { previewAudience } from '#lib/server/programmes/audiences/preview-audience.ts';
import { aCourse } from '../factories/courses.ts';
import { aPerson } from '../factories/people.ts';
import { theProvince } from '../factories/units.ts';

export type AudienceFigures = {
	people: number;
	/** Milliseconds to preview each rule, with how many it counted, and whether that is what the rows were made to give. */
	rules: { name: string; ms: number; count: number; exact: boolean }[];
};

const offices = 1_200;

/**
 * Previews rules over a province of that many people: exact count and sample.
 * @param url a migrated database of its own: the people stay in it
 */
export async function benchAudiences(url: string, people = 1_000_000): Promise<AudienceFigures> {
	const connections = openPool(url);
	const ctx: Context = { db: connect(connections), actor: platformActor, now: new Date('2026-11-23T02:00:00Z') };
	try {
		const world = await fill(ctx, people);
		const rules: AudienceFigures['rules'] = [];
		for (const { name, rule, expected } of rulesOf(world)) {
			const { ms, count } = await median(async () => previewAudience(ctx, { rule, unitPath: 'p' }));
			const where = sql.raw(`n < ${people} and (${expected})`);
			const { rows } = await ctx.db.execute<{ count: number }>(
				sql`select count(*)::int as count from bench_crowd where ${where}`
			);
			rules.push({ name, ms, count, exact: rows[0]?.count === count });
		}
		return { people, rules };
	} finally {
		await connections.end();
	}
}

type World = { courseId: string; listId: string; cityId: string };

/** `expected` says of the numbers from which the people were made what the rule says of the people. */
const rulesOf = ({ courseId, listId, cityId }: World): { name: string; rule: AudienceRule; expected: string }[] => [
	{ name: 'everybody', rule: { all: [] }, expected: 'true' },
	{
		name: 'a city, ranks or leading',
		rule: {
			all: [
				{ unit: { ids: [cityId], subtree: true } },
				{ any: [{ rank: { in: ['counsel-3', 'counsel-4', 'none'] } }, { leading: true }] }
			]
		},
		expected: `n % ${offices} < ${offices / 20} and (n % 12 in (4, 5) or n % 13 = 0 or n % 10 = 0)`
	},
	{
		name: 'part of the title',
		rule: { title: { contains: '副处长' } },
		expected: 'n % 7 = 1'
	},
	{
		name: 'post change within a year',
		rule: { postChange: { kinds: ['promotion', 'transfer'], withinMonths: 12 } },
		expected: 'n % 20 < 2'
	},
	{
		name: 'course not done',
		rule: { all: [{ course: { id: courseId, done: false } }, { joined: { withinMonths: 60 } }] },
		expected: 'n % 5 >= 2 and n % 300 < 60'
	},
	{
		name: 'and, or, not of everything',
		rule: {
			any: [
				{
					all: [
						{ course: { id: courseId, done: true } },
						{ not: { establishment: { in: ['contract', 'institution'] } } }
					]
				},
				{ all: [{ list: { id: listId } }, { not: { postChange: { kinds: ['promotion'], from: '2026-01-01' } } }] },
				{
					not: {
						any: [
							{ unit: { ids: [cityId], subtree: true } },
							{ course: { id: courseId, done: true } },
							{ leading: false }
						]
					}
				}
			]
		},
		expected: `(n % 5 < 2 and n % 4 not in (2, 3)) or (n % 200 = 3 and n % 20 <> 0) or not (n % ${offices} < ${offices / 20} or n % 5 < 2 or n % 10 <> 0)`
	}
];

/** Each person is made from a number, so that what a rule must count can be told from the numbers alone. */
async function fill(ctx: Context, people: number): Promise<World> {
	const province = await theProvince(ctx);
	const course = await aCourse(ctx, { lessons: 1, pool: () => [] });
	const by = (await aPerson(ctx, { unit: province, status: 'left', leftOn: '2020-01-01' })).id;
	const [listId, now] = [newId(), ctx.now];

	await ctx.db.transaction(async (db) => {
		// What the rows refer to is there, and nobody is looked up by name here: checking and indexing that would be most of the time.
		await db.execute(sql`set local session_replication_role = replica`);
		await db.execute(sql`drop index people_words`);
		await db.execute(sql`
			insert into units (id, path, parent_id, kind, name, code, position, opened_on)
			select gen_random_uuid(), ('p.c' || c)::ltree, ${province.id}, 'city', '第' || c || '市', 'C' || c, c, '2000-01-01' from generate_series(0, 19) c`);
		await db.execute(sql`
			insert into units (id, path, parent_id, kind, name, code, position, opened_on)
			select gen_random_uuid(), (city.path::text || '.o' || o)::ltree, city.id, 'division', city.name || '第' || o || '处', 'O' || o, o, '2000-01-01'
			from generate_series(0, ${offices - 1}) o join units city on city.code = 'C' || o / ${offices / 20}`);
		await db.execute(sql`
			create table bench_crowd as select n, gen_random_uuid() as id, office.id as unit_id
			from generate_series(0, ${people - 1}) n join units office on office.code = 'O' || n % ${offices}`);
		await db.execute(sql`
			insert into people (id, staff_number, name, pinyin, initials, unit_id, title, leadership_level, rank, establishment, joined_on, created_at, updated_at)
			select id, 'B' || lpad(n::text, 7, '0'), '示例' || n, 'shili', 'sl', unit_id,
				(array['科员', '副处长', '处长', '科长', '副科长', '主任', '一级主任科员'])[n % 7 + 1],
				case when n % 10 = 0 then 'section-chief'::leadership_level end,
				case when n % 13 > 0 then (enum_range(null::rank))[n % 12 + 1] end,
				(enum_range(null::establishment))[n % 4 + 1],
				date '2026-11-01' - interval '1 month' * (n % 300), ${now}, ${now} from bench_crowd`);
		await db.execute(sql`
			insert into posts (id, person_id, unit_id, title, kind, "primary", starts_on, created_at)
			select gen_random_uuid(), id, unit_id, '科员', 'initial'::post_kind, false, date '2015-01-01', ${now}::timestamptz from bench_crowd
			union all select gen_random_uuid(), id, unit_id, '科员', case n % 20 when 0 then 'promotion' when 1 then 'transfer' else 'concurrent' end::post_kind, false, date '2026-03-01', ${now}
			from bench_crowd where n % 20 < 4`);
		await db.execute(sql`
			insert into course_completions (id, person_id, course_id, course_version_id, unit_id, completed_at)
			select gen_random_uuid(), id, ${course.id}, ${course.versionId}, unit_id, ${now}::timestamptz from bench_crowd where n % 5 < 2`);
		await db.execute(
			sql`insert into people_lists (id, unit_id, name, created_by, created_at) values (${listId}, ${province.id}, '名单', ${by}, ${now})`
		);
		await db.execute(
			sql`insert into people_list_members select ${listId}::uuid, id from bench_crowd where n % 200 = 3`
		);
	});
	await ctx.db.execute(sql`vacuum analyze`);
	const { rows } = await ctx.db.execute<{ id: string }>(sql`select id from units where code = 'C0'`);
	return { courseId: course.id, listId, cityId: rows[0]!.id };
}

/** The middle one of three times, in milliseconds, after one that is not counted. */
async function median(act: () => Promise<{ count: number }>): Promise<{ ms: number; count: number }> {
	const { count } = await act();
	const times: number[] = [];
	for (let turn = 0; turn < 3; turn++) {
		const started = performance.now();
		await act();
		times.push(performance.now() - started);
	}
	return { ms: times.toSorted((a, b) => a - b)[1]!, count };
}
