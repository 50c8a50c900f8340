import { sql } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import { announce } from '#lib/server/platform/announce.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import '#lib/server/jobs/subscriptions.ts';
import { checkCycles } from '#lib/server/programmes/requirements/check-cycles.ts';
import { reconcileMarked } from '#lib/server/programmes/requirements/mark-dirty.ts';
import { reconcile } from '#lib/server/programmes/requirements/reconcile.ts';
import { anAudience, aProgramme, aStandingAssignment } from '../factories/requirements.ts';
import { theProvince } from '../factories/units.ts';
import { fillProvince } from './large-province.ts';

/** What a rule over so many people takes, in milliseconds. */
export interface ProgrammeFigure {
	people: number;
	/** As many rows, worked out beforehand, into an equally constrained and indexed table. */
	bare: number;
	/** Who belongs, what they owe and by when, into obligations; evidence looked at, units told. */
	first: number;
	/** The same again, when nothing is to be done. */
	again: number;
	/** Looking for broken cycles, for the HR of the whole province. */
	check: number;
	/** The change of one person, from the mark to the duty: the median of fifty. */
	one: number;
}

const sizes = [100_000, 1_000_000];
const changes = 50;

/** Measures a standing assignment over a province, at both sizes unless told. @param url a migrated database of its own */
export async function benchProgrammes(
	url: string,
	wanted = sizes,
	tell = (_: string) => {}
): Promise<ProgrammeFigure[]> {
	const pool = openPool(url);
	const ctx: Context = { db: connect(pool), actor: platformActor, now: new Date() };
	const figures: ProgrammeFigure[] = [];
	try {
		const province = await theProvince(ctx);
		// names are not looked for here: without their index a million people are there in a minute
		await ctx.db.execute(sql`drop index people_words`);
		for (const people of wanted) {
			const { rows } = await ctx.db.execute<{ count: number }>(sql`select count(*)::int as count from people`);
			tell(`Adding ${people - rows[0]!.count} people …`);
			await addPeople(ctx, people - rows[0]!.count);
			figures.push(await measure(ctx, people, province.id));
		}
		return figures;
	} finally {
		await pool.end();
	}
}

async function addPeople(ctx: Context, count: number): Promise<void> {
	const { rows } = await ctx.db.execute(sql`select 1 from units where code like 'BENCH-%' limit 1`);
	if (rows.length === 0) await fillProvince(ctx, { people: 0 });
	await ctx.db.execute(sql`
		insert into people (id, staff_number, name, pinyin, initials, unit_id, title, rank, joined_on, created_at, updated_at)
		select gen_random_uuid(), 'P' || gen_random_uuid(), '示例' || n, 'shili' || n, 'sl' || n, office.id, '科员', 'clerk-1', '2020-01-01', ${ctx.now}, ${ctx.now}
		from generate_series(1, ${count}::int) n
		join (select id, row_number() over (order by path) - 1 as place, count(*) over () as total from units where kind = 'division') office on office.place = n % office.total`);
	await ctx.db.execute(sql`analyze`);
}

async function measure(base: Context, people: number, provinceId: string): Promise<ProgrammeFigure> {
	const ctx = { ...base, now: new Date() };
	const programme = await aProgramme(ctx, { requirements: [{ kind: 'hours', hours: 40 }] });
	const audience = await anAudience(ctx, { rule: { unit: { ids: [provinceId], subtree: true } } });
	const standing = await aStandingAssignment(ctx, {
		programme,
		audience,
		startsOn: `${ctx.now.getFullYear()}-01-01`,
		due: { kind: 'date', on: `${ctx.now.getFullYear() + 1}-06-30` }
	});
	const first = await timed(() => reconcile(ctx, [standing.id], 'all'));
	await ctx.db.execute(sql`analyze obligations`);
	const bare = await bareInsert(ctx, standing.id);
	const again = await timed(() => reconcile(ctx, [standing.id], 'all'));
	const hr = { ...ctx, actor: { ...platformActor, grants: [{ role: 'hr' as const, unitPath: 'p' }] } };
	const check = await timed(() => checkCycles(hr));
	const one = await oneChange(ctx);
	await ctx.db.execute(sql`delete from obligations where programme_assignment_id = ${standing.id}`);
	await ctx.db.execute(
		sql`update programme_assignments set withdrawn_at = now(), withdrawn_because = 'measured' where id = ${standing.id}`
	);
	await ctx.db.execute(sql`vacuum analyze obligations`);
	return { people, bare, first, again, check, one };
}

/** The rows that the rule made, copied into a table with every constraint, index and reference that obligations have. */
async function bareInsert({ db }: Context, assignmentId: string): Promise<number> {
	await db.execute(sql`create table bare_obligations (like obligations including all)`);
	const { rows } = await db.execute<{ definition: string }>(sql`
		select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'obligations'::regclass and contype = 'f'`);
	for (const { definition } of rows) await db.execute(sql.raw(`alter table bare_obligations add ${definition}`));
	await db.execute(
		sql`create table ready_obligations as select * from obligations where programme_assignment_id = ${assignmentId}`
	);
	const taken = await timed(() => db.execute(sql`insert into bare_obligations select * from ready_obligations`));
	await db.execute(sql`drop table bare_obligations, ready_obligations`);
	return taken;
}

/** People who come off the roster, one after the other: each mark is worked off before the next. */
async function oneChange(ctx: Context): Promise<number> {
	const { rows } = await ctx.db.execute<{ id: string }>(
		sql`select id from people where staff_number like 'P%' and status = 'active' limit ${changes}`
	);
	await reconcileMarked(ctx);
	const taken: number[] = [];
	for (const { id } of rows) {
		await ctx.db.execute(sql`update people set status = 'retired', left_on = current_date where id = ${id}`);
		taken.push(
			await timed(async () => {
				await announce(ctx, 'people.corrected', { personIds: [id] });
				await reconcileMarked(ctx);
			})
		);
	}
	return taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)]!;
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	await act();
	return performance.now() - begun;
}

type Tell = (name: string, value: number | undefined, limit: number, unit: string) => void;

/** What the issue promises of them. */
export function programmeGoals(figures: ProgrammeFigure[], goal: Tell): void {
	for (const { people, first, bare, one } of figures) {
		const who = people.toLocaleString('en');
		goal(`a rule over ${who} people: first evaluation, in bare INSERT … SELECTs`, first / bare, 2, '×');
		goal(`a rule over ${who} people: one person's change`, one, 20, ' ms');
	}
}

export const programmeLines = (figures: ProgrammeFigure[]): string[] =>
	figures.map(
		({ people, bare, first, again, check, one }) =>
			`a rule over ${people.toLocaleString('en')} people: ${Math.round(first)} ms; bare ${Math.round(bare)} ms; again ${Math.round(again)} ms; check for broken cycles ${Math.round(check)} ms; one person's change ${one.toFixed(1)} ms`
	);
