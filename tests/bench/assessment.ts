import { sql } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import { closeCycle } from '#lib/server/assessments/closing/close-cycle.ts';
import { cycleStanding } from '#lib/server/assessments/cycle/cycle-standing.ts';
import { draftResults } from '#lib/server/assessments/cycle/draft-results.ts';
import { listUnits } from '#lib/server/assessments/cycle/list-units.ts';
import { getCycle } from '#lib/server/assessments/cycle/read-cycle.ts';
import { readPlace } from '#lib/server/assessments/cycle/read-place.ts';
import { compareYears } from '#lib/server/assessments/compare-years.ts';
import { countBands, listResults } from '#lib/server/assessments/queries.ts';
import { getResult } from '#lib/server/assessments/read-result.ts';
import { listSchemesUsed } from '#lib/server/assessments/schemes/schemes-used.ts';
import { usualRule } from '#lib/server/assessments/schemes/usual-rule.ts';
import { type Context, platformActor } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import { aCourse } from '../factories/courses.ts';
import { as, theProvince } from '../factories/units.ts';
import { fillProvince } from './large-province.ts';

/** What the annual assessment takes, in milliseconds. */
export interface AssessmentFigures {
	people: number;
	/** The same results, components and inputs, worked out beforehand, into an equally constrained and indexed table. */
	bare: number;
	draft: number;
	/** Closing a year of so many results, and 95 of 100 openings of each of its pages. */
	large: number;
	close: number;
	pages: { name: string; p95: number }[];
}

const year = 2026;

/** Drafts 100,000 results, then closes a year of a million and opens its pages. @param url a migrated database of its own */
export async function benchAssessment(
	url: string,
	tell = (_: string) => {},
	large = 1_000_000
): Promise<AssessmentFigures> {
	const pool = openPool(url);
	const ctx: Context = { db: connect(pool), actor: platformActor, now: new Date(`${year}-12-31T02:00:00Z`) };
	try {
		await theProvince(ctx);
		for (let made = 0; made < 2; made++) await aCourse(ctx, { lessons: 1 });
		await ctx.db.execute(sql`drop index people_words`); // names are not looked for here
		tell('Adding 100,000 people with two duties each …');
		await fillProvince(ctx, { people: 100_000 });
		await ctx.db.execute(sql`analyze`);
		await ctx.db.execute(sql`
			insert into assessment_schemes (id, year, name, position, components, minimums, vetoes, bands, decimals, basis, state, created_at, adopted_at)
			values (${newId()}, ${year}, 'bench', 1, ${JSON.stringify(usualRule.rule.components)}, '[]', ${JSON.stringify(usualRule.rule.vetoes)}, ${JSON.stringify(usualRule.rule.bands)}, 1, 'bench', 'adopted', now(), now())`);
		const cycleId = newId();
		await ctx.db.execute(sql`
			insert into assessment_cycles (id, year, unit_id, path, state, until, reviews_due_on, opened_at)
			select ${cycleId}, ${year}, id, path, 'drafting', ${`${year}-12-31`}, ${`${year}-12-31`}, now() from units where parent_id is null`);

		const draft = await timed(() => draftResults(ctx, cycleId));
		const bare = await bareInsert(ctx);
		tell(`Closing a year of ${large} results …`);
		await grow(ctx, cycleId, large);
		const close = await timed(() => closeCycle(ctx, cycleId));
		await ctx.db.execute(sql`vacuum analyze assessment_results, assessment_units, people`);
		return { people: 100_000, bare, draft, large, close, pages: await openPages(ctx, cycleId) };
	} finally {
		await pool.end();
	}
}

/** The rows that were drafted, into a table with every constraint, index and reference that results have. */
async function bareInsert({ db }: Context): Promise<number> {
	await db.execute(sql`create table bare_results (like assessment_results including all)`);
	const { rows } = await db.execute<{ definition: string }>(sql`
		select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'assessment_results'::regclass and contype = 'f'`);
	for (const { definition } of rows) await db.execute(sql.raw(`alter table bare_results add ${definition}`));
	await db.execute(sql`create table ready_results as select * from assessment_results`);
	const taken = await timed(() => db.execute(sql`insert into bare_results select * from ready_results`));
	await db.execute(sql`drop table bare_results, ready_results`);
	return taken;
}

/** Further people, and for everybody a result like those that were drafted, in their places: the cycle is signed then. */
async function grow({ db }: Context, cycleId: string, large: number): Promise<void> {
	await db.execute(sql`alter table assessment_results disable trigger user`);
	await db.execute(sql`alter table assessment_cycles disable trigger user`);
	await db.execute(sql`
		insert into people (id, staff_number, name, pinyin, initials, unit_id, title, rank, created_at, updated_at)
		select gen_random_uuid(), 'G' || n, '示例' || n, 'shili', 'sl', office.id, '科员', 'clerk-1', now(), now()
		from generate_series(1, ${large}::int - (select count(*)::int from assessment_results where cycle_id = ${cycleId})) n
		join (select id, row_number() over (order by path) - 1 as place, count(*) over () as total from units where kind = 'division') office on office.place = n % office.total`);
	await db.execute(
		sql`create temporary table drafted as select r.*, row_number() over () as n from assessment_results r order by id limit 1000`
	);
	await db.execute(sql`create temporary table assessed as select person_id from assessment_results`);
	await db.execute(sql`truncate assessment_results cascade`);
	await db.execute(sql`
		insert into assessment_results (id, cycle_id, person_id, year, unit_id, place, scheme_id, inputs, parts, limits, draft_score, draft_band, score, band, drafted_at)
		select gen_random_uuid(), ${cycleId}, p.id, ${year}, p.unit_id, row_number() over (order by u.position, p.name collate "zh-x-icu", p.id),
			d.scheme_id, d.inputs, d.parts, d.limits, d.draft_score, d.draft_band, d.score, d.band, d.drafted_at
		from (
			select id, unit_id, name, row_number() over () as n from people
			where staff_number like 'G%' or id in (select person_id from assessed)
		) p join assessment_units u on u.cycle_id = ${cycleId} and u.unit_id = p.unit_id join drafted d on d.n = 1 + p.n % 1000`);
	await db.execute(sql`
		with counted as (select unit_id, count(*)::int as own, min(place) as first from assessment_results where cycle_id = ${cycleId} group by 1)
		update assessment_units u set own = c.own, first = c.first, people = c.own from counted c where c.unit_id = u.unit_id`);
	await db.execute(sql`
		update assessment_units u set people = s.people, first = s.first
		from (select a.unit_id, sum(b.own)::int as people, min(b.first) filter (where b.own > 0) as first from assessment_units a join assessment_units b on b.path <@ a.path group by 1) s where s.unit_id = u.unit_id`);
	await db.execute(sql`
		update assessment_cycles set state = 'signed', results = ${large}, published_at = now(), objections_until = ${`${year}-12-31`}, signed_at = now(), signed_by = (select id from people limit 1) where id = ${cycleId}`);
	await db.execute(sql`alter table assessment_results enable trigger user`);
	await db.execute(sql`alter table assessment_cycles enable trigger user`);
	await db.execute(sql`analyze`);
}

/** What each page of the closed year asks the database, as its leader opens it. */
async function openPages(base: Context, cycleId: string): Promise<AssessmentFigures['pages']> {
	const province = await theProvince(base);
	const ctx = as(base, newId(), { role: 'leader', unit: province });
	const { rows: cities } = await base.db.execute<{ id: string }>(
		sql`select id from units where kind = 'city' order by path`
	);
	const { rows: some } = await base.db.execute<{ id: string }>(
		sql`select id from assessment_results where place % 9973 = 1 limit 100`
	);
	async function page(round: number, more: Partial<Parameters<typeof listResults>[1]>, from = 0): Promise<void> {
		const cycle = await getCycle(ctx, cycleId);
		const place = (await readPlace(ctx, cycle, round % 2 ? cities[round % cities.length]!.id : null))!;
		await listSchemesUsed(ctx, cycleId);
		await cycleStanding(ctx, cycle);
		await countBands(ctx, cycle, place);
		const after =
			from > 0
				? Buffer.from(JSON.stringify([String(place.first + Math.floor(place.people * from)), newId()])).toString(
						'base64url'
					)
				: null;
		await listResults(ctx, { cycleId, first: place.first, people: place.people, ...more }, { after });
	}
	const pages: Record<string, (round: number) => Promise<unknown>> = {
		'first page': (round) => page(round, {}),
		'any page': (round) => page(round, {}, (round % 97) / 97),
		'of a band': (round) => page(round, { band: 'qualified' }),
		amended: (round) => page(round, { show: 'amended' }),
		adjusted: (round) => page(round, { show: 'adjusted' }),
		'held down': (round) => page(round, { show: 'limited' }),
		'one result': (round) => getResult(ctx, some[round % some.length]!.id),
		units: async (round) => {
			const cycle = await getCycle(ctx, cycleId);
			const place = (await readPlace(ctx, cycle, round % 2 ? cities[round % cities.length]!.id : null))!;
			await listUnits(ctx, cycle, round % 2 ? place : undefined);
			await compareYears(ctx, place, year);
		}
	};
	const figures: AssessmentFigures['pages'] = [];
	for (const [name, open] of Object.entries(pages)) {
		const taken: number[] = [];
		for (let round = 0; round < 60; round++) taken.push(await timed(() => open(round)));
		figures.push({ name, p95: taken.toSorted((a, b) => a - b)[Math.floor(taken.length * 0.95)]! });
	}
	return figures;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await act();
	return performance.now() - begun;
}

type Tell = (name: string, value: number | undefined, limit: number, unit: string) => void;

/** What the issue promises of them. */
export function assessmentGoals({ people, draft, bare, pages, large }: AssessmentFigures, goal: Tell): void {
	goal(
		`annual assessment: drafting ${people.toLocaleString('en')} results, in bare INSERT … SELECTs`,
		draft / bare,
		3,
		'×'
	);
	for (const { name, p95 } of pages)
		goal(`a closed year of ${large.toLocaleString('en')} results, ${name}: p95`, p95, 100, ' ms');
}

export const assessmentLine = ({ people, draft, bare, large, close }: AssessmentFigures): string =>
	`annual assessment: ${people.toLocaleString('en')} results drafted in ${Math.round(draft)} ms; bare ${Math.round(bare)} ms; closing ${large.toLocaleString('en')} ${Math.round(close)} ms`;
