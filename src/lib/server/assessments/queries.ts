import { type SQL, sql } from 'drizzle-orm';
import type { assessmentCycles, assessmentUnits } from '#db/schema/assessments.ts';
import type { Band, Grade } from '#lib/schemas/assessments.ts';
import { within } from '../access/scope.ts';
import { isFoundBy } from '../people/name-search.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { type Asked, type Page, readPage, type Turn, turned } from '../platform/keyset.ts';

/** The newest amendment of a result, as a lateral join. */
const amended = sql`left join lateral (
	select a.to_band, a.to_score from assessment_amendments a where a.result_id = r.id order by a.amended_at desc, a.id desc limit 1) amended on true`;

/** What is looked for besides everybody: those of a band, held down by a limit, adjusted, objecting, amended. */
export const resultShows = ['all', 'limited', 'adjusted', 'objecting', 'amended'] as const;

export type ResultFilter = {
	cycleId: string;
	/** The unit as it stood in the cycle: with everything below it one span of places. */
	first: number;
	people: number;
	band?: Band;
	show?: (typeof resultShows)[number];
	search?: string;
};

const shown: Record<(typeof resultShows)[number], SQL> = {
	all: sql`true`,
	limited: sql`r.limits <> '{}'`,
	adjusted: sql`r.id in (select a.result_id from assessment_adjustments a)`,
	objecting: sql`r.id in (select o.result_id from assessment_objections o where o.state <> 'withdrawn')`,
	amended: sql`r.id in (select a.result_id from assessment_amendments a)`
};

export type ListedResult = {
	id: string;
	place: number;
	personId: string;
	name: string;
	staffNumber: string;
	title: string;
	unit: string;
	unitId: string;
	schemeId: string;
	parts: (number | null)[];
	limits: string[];
	draftBand: Band;
	draftScore: number;
	band: Band;
	score: number;
	isAmended: boolean;
	objection: string | null;
};

/** The results of a unit of a cycle with everything below it, units in official order and people by name, a page at a time. */
export function listResults(
	ctx: Context,
	filter: ResultFilter,
	{ size = 50, ...asked }: Asked & { size?: number } = {}
): Promise<Page<ListedResult>> {
	return readPage<ListedResult>(asked, {
		size,
		keyOf: (row) => [String(row.place), row.id],
		read: (turn) => readTurn(ctx, filter, turn)
	});
}

async function readTurn(
	{ db, actor }: Context,
	{ cycleId, first, people: count, band, show = 'all', search }: ResultFilter,
	turn: Turn
): Promise<ListedResult[]> {
	const { where, rest } = turned({ key: sql`r.place`, id: sql`r.id`, type: 'integer' }, turn);
	const words = search ? sql`r.person_id in (select people.id from people where ${isFoundBy(search)})` : sql`true`;
	const { rows } = await db.execute<ListedResult>(sql`
		select r.id, r.place, r.person_id as "personId", p.name, p.staff_number as "staffNumber", p.title, u.name as unit, r.unit_id as "unitId", r.scheme_id as "schemeId", r.parts, r.limits,
			r.draft_band as "draftBand", r.draft_score::float8 as "draftScore", coalesce(amended.to_band, r.band) as band, coalesce(amended.to_score, r.score)::float8 as score,
			amended.to_band is not null as "isAmended", (select o.state from assessment_objections o where o.result_id = r.id order by o.raised_at desc limit 1) as objection
		from assessment_results r
		join people p on p.id = r.person_id
		join assessment_units u on u.cycle_id = r.cycle_id and u.unit_id = r.unit_id
		join units now on now.id = r.unit_id
		${amended}
		where r.cycle_id = ${cycleId} and r.place >= ${first} and r.place < ${first + count} and ${band ? sql`r.band = ${band}` : sql`true`}
			and ${shown[show]} and ${words} and ${within(actor, 'result:view', sql`now.path`)} and ${where} ${rest}`);
	return rows;
}

/** Everything that the filter matches, a thousand at a time: for sheets and prints. */
export async function* eachResult(ctx: Context, filter: ResultFilter): AsyncGenerator<ListedResult> {
	let after: string | null = null;
	do {
		const page: Page<ListedResult> = await listResults(ctx, filter, { after, size: 1_000 });
		yield* page.rows;
		after = page.next;
	} while (after !== null);
}

export type BandCounts = Record<Band, number> & { total: number };

/** Results by band over a span of places: counted while the cycle runs, read from its units once it is closed. */
export async function countBands(
	{ db }: Context,
	{ id, state }: Pick<typeof assessmentCycles.$inferSelect, 'id' | 'state'>,
	{ first, people: count, path }: Pick<typeof assessmentUnits.$inferSelect, 'first' | 'people' | 'path'>
): Promise<BandCounts> {
	const counted =
		state === 'closed'
			? sql`select coalesce(sum(excellent), 0)::int as excellent, coalesce(sum(good), 0)::int as good, coalesce(sum(qualified), 0)::int as qualified, coalesce(sum(not_qualified), 0)::int as "not-qualified"
				from assessment_units where cycle_id = ${id} and path <@ ${path}::ltree`
			: sql`select (count(*) filter (where band = 'excellent'))::int as excellent, (count(*) filter (where band = 'good'))::int as good, (count(*) filter (where band = 'qualified'))::int as qualified,
				(count(*) filter (where band = 'not-qualified'))::int as "not-qualified"
				from assessment_results where cycle_id = ${id} and place >= ${first} and place < ${first + count}`;
	const { rows } = await db.execute<Record<Band, number>>(counted);
	const found = rows[0]!;
	return { ...found, total: found.excellent + found.good + found.qualified + found['not-qualified'] };
}

/** A person's own results, newest year first: those that have been published. */
export async function listOwnResults({ db, actor }: SignedIn) {
	const { rows } = await db.execute<{
		year: number;
		band: Band;
		score: number;
		unit: string;
		state: string;
		publishedAt: string;
		grade: Grade | null;
	}>(sql`
		select r.year, coalesce(amended.to_band, r.band) as band, coalesce(amended.to_score, r.score)::float8 as score, u.name as unit, c.state, c.published_at as "publishedAt",
			(select g.grade from annual_grades g where g.person_id = r.person_id and g.year = r.year order by g.entered_at desc, g.id desc limit 1) as grade
		from assessment_results r join assessment_cycles c on c.id = r.cycle_id join assessment_units u on u.cycle_id = r.cycle_id and u.unit_id = r.unit_id ${amended}
		where r.person_id = ${actor.personId} and c.published_at is not null order by r.year desc`);
	return rows.map(({ publishedAt, ...row }) => ({ ...row, publishedAt: new Date(publishedAt) }));
}
