import { type SQL, sql } from 'drizzle-orm';
import { obligations } from '#db/schema/programmes.ts';
import { announce } from '../../platform/announce.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { begunAt } from '../begun.ts';
import { settleWhere } from './settle.ts';
import { readStanding, type Standing } from './standing.ts';
import { belongs, isAmong, wanted, type Whom } from './wanted.ts';

/** What became of duties when a rule was held against people. */
export type Reconciled = { made: number; withdrawn: number; returned: number };
type Counted = { unitId: string | null; year: number; count: number };

/**
 * Holds standing assignments against the people whom they may concern: who belongs and owes nothing for the period owes it from
 * now on, who belongs no more is released with the reason told, who has come back owes it again. What was completed, what has
 * expired and what is over is never touched. Doing it again changes nothing.
 */
export async function reconcile(
	ctx: Context,
	assignmentIds: readonly string[] | 'all',
	whom: Whom
): Promise<Reconciled> {
	const sum: Reconciled = { made: 0, withdrawn: 0, returned: 0 };
	for (const standing of await readStanding(ctx, assignmentIds)) {
		const { made, withdrawn, returned } = await reconcileOne(ctx, standing, whom);
		sum.made += made;
		sum.withdrawn += withdrawn;
		sum.returned += returned;
	}
	return sum;
}

function reconcileOne(ctx: Context, standing: Standing, whom: Whom): Promise<Reconciled> {
	return atomically(ctx, async (ctx) => {
		await goOver(ctx, standing, whom);
		const withdrawn = await release(ctx, standing, whom);
		const returned = await takeBack(ctx, standing, whom);
		const made = await make(ctx, standing, whom);

		const changed = [...withdrawn, ...returned, ...made];
		const units = changed.flatMap(({ unitId, year }) => (unitId ? [{ unitId, year }] : []));
		if (units.length > 0) await announce(ctx, 'obligations.changed', { units });
		if (changed.length > 0) await settleWhere(ctx, scopeOf(standing, whom));
		return { made: total(made), withdrawn: total(withdrawn), returned: total(returned) };
	});
}

const total = (counted: Counted[]): number => counted.reduce((sum, { count }) => sum + count, 0);

/** The obligations of a standing assignment that may have to be judged again. */
const scopeOf = ({ id }: Standing, whom: Whom): SQL =>
	sql`o.programme_assignment_id = ${id}::uuid and ${amongOwing(whom)}`;

const amongOwing = (whom: Whom): SQL => {
	if (whom === 'all') return sql`true`;
	return 'personIds' in whom
		? sql`o.person_id = any(${sql.param(whom.personIds)}::uuid[])`
		: sql`o.person_id in (select people.id from people where ${isAmong(whom)})`;
};

/** Obligations that are neither completed nor over on a day: what may still change. */
const pending = ({ now }: Context): SQL =>
	sql`o.completed_at is null and (o.expires_on is null or o.expires_on >= ${dateOf(now)}::date)`;

/** What a new version asks for in the same words goes over to it as it stands. */
async function goOver(ctx: Context, standing: Standing, whom: Whom): Promise<void> {
	for (const { id, alike } of standing.requirements) {
		if (alike.length < 2) continue;
		await ctx.db.execute(sql`
			update ${obligations} o set requirement_id = ${id}
			where ${scopeOf(standing, whom)} and ${pending(ctx)} and o.requirement_id = any(${sql.param(alike)}::uuid[]) and o.requirement_id <> ${id}
				and not exists (select 1 from obligations same where same.programme_assignment_id = o.programme_assignment_id and same.person_id = o.person_id
					and same.requirement_id = ${id} and same.period_on = o.period_on)`);
	}
}

/** Lets those go who belong no more, and what the version in force no longer asks for. */
function release(ctx: Context, standing: Standing, whom: Whom): Promise<Counted[]> {
	const asked = sql`o.requirement_id = any(${sql.param(standing.requirements.map(({ id }) => id))}::uuid[])`;
	return counted(
		ctx,
		sql`update ${obligations} o set withdrawn_at = ${ctx.now}, withdrawn_because = case when ${asked} then 'left-audience' else 'new-version' end
			where ${scopeOf(standing, whom)} and ${pending(ctx)} and o.withdrawn_at is null
				and (not ${asked} or not exists (select 1 from people where people.id = o.person_id and ${belongs(ctx, standing)}))`
	);
}

/** Asks again what was let go by itself, of those who belong again, by the same date as before. */
function takeBack(ctx: Context, standing: Standing, whom: Whom): Promise<Counted[]> {
	return counted(
		ctx,
		sql`update ${obligations} o set withdrawn_at = null, withdrawn_because = null, unit_id = people.unit_id
			from people
			where ${scopeOf(standing, whom)} and ${pending(ctx)} and o.withdrawn_because in ('left-audience', 'new-version', 'left')
				and o.requirement_id = any(${sql.param(standing.requirements.map(({ id }) => id))}::uuid[])
				and people.id = o.person_id and ${belongs(ctx, standing)}`
	);
}

/**
 * Makes what is owed and not there yet, in one statement for any number of people. Sorted, so that everybody is judged before the
 * first row is written: otherwise each judgement would wade through the rows before it.
 */
async function make(ctx: Context, standing: Standing, whom: Whom): Promise<Counted[]> {
	const duties = wanted(ctx, standing, whom);
	if (!duties) return [];
	const owed = standing.requirements
		.filter(({ alike }) => alike.length > 1)
		.map(({ id, alike }) => sql`when ${id}::uuid then o.requirement_id = any(${sql.param(alike)}::uuid[])`);
	const isSame =
		owed.length > 0
			? sql`case duty.requirement_id ${sql.join(owed, sql` `)} else o.requirement_id = duty.requirement_id end`
			: sql`o.requirement_id = duty.requirement_id`;
	const made = await counted(
		ctx,
		sql`insert into ${obligations} as o (id, person_id, kind, course_id, requirement_id, unit_id, programme_assignment_id, audience_version_id, period_on, opens_on, due_on, expires_on, renews_from, created_at)
			select gen_random_uuid(), duty.person_id, duty.kind, duty.course_id, duty.requirement_id, duty.unit_id, ${standing.id}, ${standing.audienceVersionId},
				duty.period_on, duty.opens_on, duty.due_on, duty.expires_on, duty.renews_from, ${ctx.now}
			from (${duties}) duty
			where not exists (select 1 from obligations o where o.programme_assignment_id = ${standing.id} and o.person_id = duty.person_id
				and ${isSame} and o.period_on = duty.period_on)
			order by duty.person_id
			on conflict do nothing`
	);
	if (made.length > 0) await markBegun(ctx, standing, whom);
	return made;
}

/** Whoever has begun a course already is in progress with it. */
async function markBegun(ctx: Context, standing: Standing, whom: Whom): Promise<void> {
	const courseIds = [...new Set(standing.requirements.flatMap(({ courseId }) => courseId ?? []))];
	for (const courseId of courseIds) {
		const readers = sql`(
			select r.person_id from reading_positions r join lessons l on l.id = r.lesson_id where l.course_id = ${courseId}
			union select c.person_id from mastery_checks c join lessons l on l.id = c.lesson_id where l.course_id = ${courseId})`;
		const among = whom !== 'all' && 'personIds' in whom ? sql`true` : sql`o.person_id in ${readers}`;
		await ctx.db.execute(sql`
			update ${obligations} o set started_at = ${begunAt(sql`o.person_id`, sql`${courseId}::uuid`)}
			where ${scopeOf(standing, whom)} and o.course_id = ${courseId} and o.created_at = ${ctx.now} and o.started_at is null and ${among}`);
	}
}

/** Runs a change of obligations and counts what it touched, by unit and year: a province is not carried through the application. */
async function counted({ db }: Context, change: SQL): Promise<Counted[]> {
	const { rows } = await db.execute<Counted>(sql`
		with changed as (${change} returning o.unit_id, o.due_on)
		select unit_id as "unitId", extract(year from due_on)::int as year, count(*)::int as count from changed group by 1, 2`);
	return rows;
}
