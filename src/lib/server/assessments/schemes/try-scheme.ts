import { type SQL, sql } from 'drizzle-orm';
import type { Band } from '#lib/schemas/assessments.ts';
import { demandEverywhere } from '../../access/scope.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { inputColumns } from '../inputs.ts';
import { scored } from '../score-in-sql.ts';
import { isInGroup } from './group.ts';
import type { Scheme } from './read-scheme.ts';

/** One person by the draft and by the scheme in force. */
export type Tried = {
	personId: string;
	name: string;
	unit: string;
	/** By the scheme in force, as it was drafted then. */
	bandNow: Band;
	scoreNow: number;
	bandThen: Band | null;
	scoreThen: number | null;
};

export type TriedScheme = {
	/** The year whose facts it was tried on; null where there is none with results. */
	year: number | null;
	/** How many people of the group were in the year, and how many would have gone from which band to which. */
	people: number;
	moves: { from: Band; to: Band; count: number }[];
	/** The people whose band differs, the first so many. */
	changed: Tried[];
};

const most = 500;

/**
 * Tries a scheme on the frozen facts of the latest year before its own that has results: who would get what, compared with what
 * the scheme in force gave them. Nothing is written.
 */
export function tryScheme(ctx: Context, scheme: Scheme): Promise<TriedScheme> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'scheme:edit');
		const { db } = ctx;
		const { rows: years } = await db.execute<{ year: number }>(sql`
			select year from assessment_cycles where results > 0 and year <= ${scheme.year} and state <> 'drafting' order by year = ${scheme.year}, year desc limit 1`);
		const year = years[0]?.year ?? null;
		if (year === null) return { year, people: 0, moves: [], changed: [] };
		await db.execute(sql`set local jit = off`);

		const tried = triedRows(scheme, year);
		const { rows: moves } = await db.execute<{ from: Band; to: Band; count: number }>(sql`
			with tried as (${tried}) select "from", "to", count(*)::int as count from tried group by 1, 2 order by 1, 2`);
		const { rows: changed } = await db.execute<Tried>(sql`
			with tried as (${tried}) select t.person_id as "personId", p.name, u.name as unit, t."from" as "bandNow", t."fromScore" as "scoreNow", t."to" as "bandThen", t."toScore" as "scoreThen"
			from tried t join people p on p.id = t.person_id join units u on u.id = t.unit_id
			where t."from" is distinct from t."to" order by u.path, p.name collate "zh-x-icu", p.id limit ${most}`);
		return { year, people: moves.reduce((sum, { count }) => sum + count, 0), moves, changed };
	});
}

/** Everybody of the group by the rank, level and 编制 of the last day that counted. */
const triedRows = (scheme: Scheme, year: number): SQL => sql`
	select r.person_id, r.unit_id, r.draft_band as "from", r.draft_score::float8 as "fromScore", scored.band as "to", scored.score::float8 as "toScore"
	from assessment_results r join assessment_cycles c on c.id = r.cycle_id
	cross join lateral (
		select p.establishment, case when o.id is null then p.rank else o.rank end as rank, case when o.id is null then p.leadership_level else o.leadership_level end as level
		from people p left join posts o on o.person_id = p.id and o.primary and o.starts_on <= c.until and (o.ends_on is null or o.ends_on > c.until)
		where p.id = r.person_id) held
	cross join lateral jsonb_to_record(r.inputs) as given (${inputColumns})
	cross join lateral (select held.rank, held.level, held.establishment, given.*) f
	${scored(scheme.rule)}
	where r.year = ${year} and ${isInGroup(scheme)}`;
