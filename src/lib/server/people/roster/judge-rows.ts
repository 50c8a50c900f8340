import { sql } from 'drizzle-orm';
import { people, posts } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import { can, isWithin } from '../../access/scope.ts';
import { type Context, platformActor } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { type HeldPost, judgeRow, type Judgement, type Standing } from './judge-row.ts';
import type { ReadRow } from './read-row.ts';
import { UnitFinder } from './unit-finder.ts';

export type JudgedRow<Row extends ReadRow> = Row & {
	judgement: Judgement;
	personId: string | null;
	/** The unit of a new person, as people tell it from others. */
	unitLabel: string | null;
};

/** Judges rows as they come, batch by batch. */
export interface RowJudge {
	judge<Row extends NumberedRow>(rows: readonly Row[]): Promise<JudgedRow<Row>[]>;
	/** Rows of an earlier batch whose staff number came again in a later one: judged once more, they are wrong as well. */
	readonly overtaken: ReadonlySet<number>;
}

type NumberedRow = ReadRow & { row: number };

/**
 * Makes ready to compare rows with the roster as it stands: one question for all units, one for the people of each batch. The
 * same staff number twice makes both rows wrong, since neither is known to be the right one.
 * @param belowPath nothing outside this unit's subtree is touched, nor outside the actor's reach; the platform reaches everything
 */
export async function judgeOf(ctx: Context, belowPath: string): Promise<RowJudge> {
	const { actor } = ctx;
	const isWithinReach = (path: string) =>
		isWithin(path, belowPath) && (actor === platformActor || can(actor, 'people:import', path));
	const finder = new UnitFinder(await ctx.db.select().from(units), isWithinReach);
	const world = { units: finder, today: dateOf(ctx.now) };
	const placed = new Map<string, { first: number; second?: number }>();
	const overtaken = new Set<number>();

	/** Notes where each staff number stands. */
	function note(rows: readonly NumberedRow[]): void {
		const beginning = rows[0]?.row ?? 0;
		for (const { row, values } of rows) {
			const key = keyOf(values.staffNumber);
			if (!key) continue;
			const known = placed.get(key);
			if (!known) placed.set(key, { first: row });
			else if (known.first !== row) {
				if (known.first < beginning) overtaken.add(known.first);
				known.second ??= row;
			}
		}
	}

	function judgeOne({ row, values, problems }: NumberedRow, key: string, standing: Standing | undefined): Judgement {
		if (problems.length > 0) return { verdict: 'wrong', problems };
		if (!key) return { verdict: 'wrong', problems: [{ field: 'staffNumber', key: 'field.required' }] };
		const { first, second } = placed.get(key)!;
		const other = first === row ? second : first;
		if (other !== undefined)
			return { verdict: 'wrong', problems: [{ field: 'staffNumber', key: 'roster.twice', values: { row: other } }] };
		return judgeRow(values, standing, world);
	}

	return {
		overtaken,
		async judge(rows) {
			note(rows);
			const keys = new Set(rows.map(({ values }) => keyOf(values.staffNumber)).filter(Boolean));
			const standings = await loadStandings(ctx, [...keys], (unitId) => {
				const path = finder.byId(unitId)?.path;
				return path !== undefined && isWithinReach(path);
			});
			return rows.map((row) => {
				const key = keyOf(row.values.staffNumber);
				const standing = standings.get(key);
				const judgement = judgeOne(row, key, standing);
				const unit = judgement.verdict === 'new' ? finder.byId(judgement.act.post?.unitId ?? null) : undefined;
				const personId = standing?.isWithinReach ? standing.id : null;
				return { ...row, judgement, personId, unitLabel: finder.labelOf(unit) };
			});
		}
	};
}

const keyOf = (staffNumber: string | undefined): string => (staffNumber ?? '').toLowerCase();

type StandingRow = Omit<Standing, 'isOwn' | 'isWithinReach' | 'posts'> & { key: string; unitId: string | null };

/** Everybody whom the rows name, by staff number in lower case, with their primary posts. */
async function loadStandings(
	{ db, actor }: Context,
	keys: string[],
	isWithinReach: (unitId: string | null) => boolean
): Promise<Map<string, Standing>> {
	const named = sql`select lower(value)::citext from json_array_elements_text(${JSON.stringify(keys)}::json)`;
	const { rows: found } = await db.execute<StandingRow>(sql`
		select id, lower(staff_number::text) as key, name, email::text as email, joined_on::text as "joinedOn", establishment::text as establishment, status::text as status, unit_id as "unitId"
		from ${people} where staff_number in (${named})`);
	const { rows: held } = await db.execute<HeldPost & { personId: string }>(sql`
		select p.id, p.person_id as "personId", p.unit_id as "unitId", p.title, p.leadership_level::text as "leadershipLevel", p.rank::text as rank,
			p.starts_on::text as "startsOn", p.document
		from ${posts} p join ${people} on people.id = p.person_id
		where p."primary" and people.staff_number in (${named})
		order by p.person_id, p.starts_on`);

	const byId = new Map<string, Standing>();
	const standings = new Map<string, Standing>();
	for (const { key, unitId, ...person } of found) {
		const standing = {
			...person,
			isOwn: person.id === actor.personId,
			isWithinReach: isWithinReach(unitId),
			posts: []
		};
		byId.set(person.id, standing);
		standings.set(key, standing);
	}
	for (const { personId, ...post } of held) byId.get(personId)?.posts.push(post);
	return standings;
}
