import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentResults } from '#db/schema/assessment-results.ts';
import { assessmentCycles, assessmentUnits } from '#db/schema/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { conflict } from '../../platform/errors.ts';
import { idList } from '../../platform/id-list.ts';
import { newId } from '../../platform/ids.ts';
import { factsOf } from '../facts-in-sql.ts';
import { schemeFor } from '../schemes/group.ts';
import { listAdopted, type Scheme } from '../schemes/read-scheme.ts';
import { scored } from '../score-in-sql.ts';
import { demandGoes } from './cycle-state.ts';
import { type Cycle, findCycle, lockCycle } from './read-cycle.ts';
import { listCycleUnits, portionsOf } from './cycle-units.ts';

/**
 * Has the results of a cycle drafted by the rule, in the background; as often as wanted until the units review.
 * @throws conflict cycle.wrong-state | cycle.no-scheme, not-found cycle
 */
export function startDraft(ctx: SignedIn, { cycle: id }: v.InferOutput<typeof schemas.oneCycle>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const cycle = await lockCycle(ctx, id, 'result:confirm');
		demandGoes(cycle.state, 'drafting');
		if ((await listAdopted(ctx, cycle.year)).length === 0)
			throw conflict('cycle.no-scheme', { values: { year: cycle.year } });
		const [today, yearsEnd] = [dateOf(ctx.now), `${cycle.year}-12-31`];
		await ctx.db
			.update(assessmentCycles)
			.set({ state: 'drafting', done: 0, until: today < yearsEnd ? today : yearsEnd })
			.where(eq(assessmentCycles.id, id));
		await record(ctx, 'cycle.drafting', id, { until: today < yearsEnd ? today : yearsEnd });
		await enqueue(ctx, 'assessments.draft', { cycleId: id }, { key: `assessments.draft ${id}` });
	});
}

/**
 * Drafts the results of everybody in the cycle, portion by portion, from what the records hold now: one statement for tens of
 * thousands of people. What it was interrupted in, it begins anew.
 * @returns how many have a result
 */
export async function draftResults(ctx: Context, cycleId: string): Promise<number> {
	const cycle = await findCycle(ctx, cycleId);
	if (cycle?.state !== 'drafting') return 0;
	const schemes = await listAdopted(ctx, cycle.year);
	const units = await listCycleUnits(ctx, cycle);
	const run = newId();
	await atomically(ctx, async (ctx) => {
		await ctx.db.execute(sql`select 1 from assessment_cycles where id = ${cycleId} for update`);
		await ctx.db.delete(assessmentResults).where(eq(assessmentResults.cycleId, cycleId));
		await ctx.db.delete(assessmentUnits).where(eq(assessmentUnits.cycleId, cycleId));
		await keepUnits(ctx, cycle, units);
		const total = units.reduce((sum, { people }) => sum + people, 0);
		await ctx.db
			.update(assessmentCycles)
			.set({ total, done: 0, results: 0, run })
			.where(eq(assessmentCycles.id, cycleId));
	});

	let results = 0;
	let done = 0;
	for (const portion of portionsOf(units)) {
		const made = await atomically(ctx, async (ctx) => {
			if (!(await isCurrent(ctx, cycleId, run))) return null;
			const made = await draftPortion(ctx, cycle, schemes, portion, results);
			done += portion.reduce((sum, { people }) => sum + people, 0);
			await ctx.db
				.update(assessmentCycles)
				.set({ done, results: results + made })
				.where(eq(assessmentCycles.id, cycleId));
			return made;
		});
		if (made === null) return 0;
		results += made;
	}

	await atomically(ctx, async (ctx) => {
		if (!(await isCurrent(ctx, cycleId, run))) return;
		await placeUnits(ctx, cycleId);
		await ctx.db
			.update(assessmentCycles)
			.set({ state: 'drafted', draftedAt: ctx.now, results })
			.where(eq(assessmentCycles.id, cycleId));
		await record(ctx, 'cycle.drafted', cycleId, { results, schemes: schemes.map(({ id }) => id) });
	});
	return results;
}

/** Whether this drafting still is the one that counts, with the cycle's row taken. */
async function isCurrent({ db }: Context, cycleId: string, run: string): Promise<boolean> {
	const { rows } = await db.execute(sql`
		select 1 from assessment_cycles where id = ${cycleId} and state = 'drafting' and run = ${run} for update`);
	return rows.length > 0;
}

/** One portion of units: their people's facts, the scheme of each, the result, the place after those before. */
async function draftPortion(
	{ db, now }: Context,
	cycle: Cycle,
	schemes: readonly Scheme[],
	portion: readonly { id: string }[],
	before: number
): Promise<number> {
	// Compiling such a statement takes longer than running it.
	await db.execute(sql`set local jit = off`);
	const unitIds = idList(portion.map(({ id }) => id));
	const made = schemes.map(
		({ id, rule }) => sql`
			select f.person_id, f.unit_id, f.name, f.scheme_id, f.inputs, scored.*
			from matched f ${scored(rule)} where f.scheme_id = ${id}::uuid and scored.score is not null`
	);
	const { rowCount } = await db.execute(sql`
		insert into assessment_results (id, cycle_id, person_id, year, unit_id, place, scheme_id, inputs, parts, limits, draft_score, draft_band, score, band, drafted_at)
		with ${factsOf({ year: cycle.year, until: cycle.until, unitIds })},
		matched as (select f.*, ${schemeFor(schemes)} as scheme_id from facts f),
		made as (${sql.join(made, sql` union all `)})
		select gen_random_uuid(), ${cycle.id}, m.person_id, ${cycle.year}, m.unit_id,
			${before}::int + row_number() over (order by u.position, m.name collate "zh-x-icu", m.person_id),
			m.scheme_id, m.inputs, m.parts, m.limits, m.score, m.band, m.score, m.band, ${now}
		from made m join ${assessmentUnits} u on u.cycle_id = ${cycle.id} and u.unit_id = m.unit_id`);
	return rowCount ?? 0;
}

async function keepUnits(
	{ db }: Context,
	cycle: Cycle,
	units: Awaited<ReturnType<typeof listCycleUnits>>
): Promise<void> {
	const rows = JSON.stringify(units.map((unit, index) => ({ ...unit, position: index + 1 })));
	await db.execute(sql`
		insert into ${assessmentUnits} (cycle_id, unit_id, position, depth, path, name, review_unit_id)
		select ${cycle.id}, id, position, depth, path, name, "reviewUnitId"
		from json_to_recordset(${rows}::json) as unit (id uuid, position int, depth int, path ltree, name text, "reviewUnitId" uuid)`);
}

/** Where the results of each unit begin, and how many are its own and in all: depth first, a subtree is one span. */
async function placeUnits({ db }: Context, cycleId: string): Promise<void> {
	await db.execute(sql`
		with counted as (select unit_id, count(*)::int as own from ${assessmentResults} where cycle_id = ${cycleId} group by 1),
		owned as (select u.unit_id, u.position, u.path, coalesce(c.own, 0) as own from ${assessmentUnits} u left join counted c on c.unit_id = u.unit_id where u.cycle_id = ${cycleId}),
		placed as (
			select unit_id, own, 1 + coalesce(sum(own) over (order by position rows between unbounded preceding and 1 preceding), 0)::int as first,
				(select sum(b.own)::int from owned b where b.path <@ o.path) as people
			from owned o
		)
		update ${assessmentUnits} u set first = p.first, own = p.own, people = p.people from placed p where u.cycle_id = ${cycleId} and u.unit_id = p.unit_id`);
}
