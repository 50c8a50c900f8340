import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { assessmentAmendments, assessmentResults } from '#db/schema/assessments.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Band } from '#lib/schemas/assessments.ts';
import { demandWithin, within } from '../access/scope.ts';
import { isFoundBy } from '../people/name-search.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { type Asked, type Order, type Page, readPage, type Turn, turned } from '../platform/keyset.ts';

/** What holds of a result: the newest amendment, or what was confirmed; null while it is only proposed. */
const holding = sql<Band | null>`coalesce((
	select a.to_band from ${assessmentAmendments} a where a.result_id = ${assessmentResults.id} order by a.amended_at desc, a.id desc limit 1
), ${assessmentResults.confirmedBand})`;

const name = sql`${people.name} collate "zh-x-icu"`;

export type ResultFilter = {
	year: number;
	/** A unit with everything below it. */
	unitPath: string;
	/** The band that holds, or would hold if it were confirmed. */
	band?: Band;
	open?: boolean;
	search?: string;
};

function matching({ actor }: Context, { year, unitPath, band, open, search }: ResultFilter): SQL | undefined {
	return and(
		eq(assessmentResults.year, year),
		within(actor, 'result:view', units.path),
		sql`${units.path} <@ ${unitPath}::ltree`,
		band && sql`coalesce(${holding}, ${assessmentResults.proposedBand}) = ${band}`,
		open === undefined
			? undefined
			: open
				? sql`${assessmentResults.confirmedAt} is null`
				: sql`${assessmentResults.confirmedAt} is not null`,
		isFoundBy(search ?? '')
	);
}

const listed = {
	id: assessmentResults.id,
	personId: people.id,
	name: people.name,
	staffNumber: people.staffNumber,
	title: people.title,
	unit: units.name,
	proposedBand: assessmentResults.proposedBand,
	band: holding,
	score: assessmentResults.score,
	hundredths: sql<number>`(${assessmentResults.score} * 100)::integer`,
	components: assessmentResults.components,
	reason: assessmentResults.reason,
	confirmedAt: assessmentResults.confirmedAt
};

export type ResultSort = 'name' | '-name' | 'score' | '-score';

/** Scores are compared in hundredths, so that a page begins exactly where the last one ended. */
const hundredths = sql<number>`(${assessmentResults.score} * 100)::integer`;

function orderOf(sort: ResultSort): Order {
	const descending = sort.startsWith('-');
	return sort.endsWith('score')
		? { key: hundredths, id: assessmentResults.id, type: 'integer', descending }
		: { key: name, id: assessmentResults.id, type: 'text', descending };
}

async function readTurn(ctx: Context, filter: ResultFilter, sort: ResultSort, turn: Turn) {
	const { where, rest } = turned(orderOf(sort), turn);
	return await ctx.db
		.select(listed)
		.from(assessmentResults)
		.innerJoin(people, eq(people.id, assessmentResults.personId))
		.innerJoin(units, eq(units.id, assessmentResults.unitId))
		.where(sql`${and(matching(ctx, filter), where)} ${rest}`);
}

export type ListedResult = Awaited<ReturnType<typeof readTurn>>[number];

/** Results of a year within reach, a page at a time, by name or by score. */
export function listResults(
	ctx: Context,
	filter: ResultFilter,
	{ sort = 'name', size = 50, ...asked }: Asked & { sort?: ResultSort; size?: number } = {}
): Promise<Page<ListedResult>> {
	return readPage<ListedResult>(asked, {
		size,
		keyOf: (row) => [sort.endsWith('score') ? String(row.hundredths) : row.name, row.id],
		read: (turn) => readTurn(ctx, filter, sort, turn)
	});
}

/** Everything that the filter matches, in the order of names, a thousand at a time: for exports. */
export async function* eachResult(ctx: Context, filter: ResultFilter): AsyncGenerator<ListedResult> {
	let after: string | null = null;
	do {
		const page: Page<ListedResult> = await listResults(ctx, filter, { after, size: 1_000 });
		yield* page.rows;
		after = page.next;
	} while (after !== null);
}

export type ResultCounts = Record<Band, number> & { open: number; total: number };

/** How many results hold in each band, and how many are still only proposed. */
export async function countResults(ctx: Context, filter: ResultFilter): Promise<ResultCounts> {
	const rows = await ctx.db
		.select({
			band: sql<Band>`coalesce(${holding}, ${assessmentResults.proposedBand})`.as('held'),
			open: sql<boolean>`${assessmentResults.confirmedAt} is null`.as('open'),
			count: sql<number>`count(*)`.mapWith(Number)
		})
		.from(assessmentResults)
		.innerJoin(people, eq(people.id, assessmentResults.personId))
		.innerJoin(units, eq(units.id, assessmentResults.unitId))
		.where(matching(ctx, filter))
		.groupBy(sql`1`, sql`2`);

	const counts: ResultCounts = { excellent: 0, qualified: 0, 'not-qualified': 0, open: 0, total: 0 };
	for (const { band, open, count } of rows) {
		counts[band] += count;
		counts.total += count;
		if (open) counts.open += count;
	}
	return counts;
}

/** One result with its amendments, newest first. @throws not-found result.not-found */
export async function getResult(ctx: Context, id: string) {
	const [found] = await ctx.db
		.select({
			...listed,
			year: assessmentResults.year,
			scheme: assessmentResults.scheme,
			proposedAt: assessmentResults.proposedAt,
			confirmedBand: assessmentResults.confirmedBand,
			unitPath: units.path
		})
		.from(assessmentResults)
		.innerJoin(people, eq(people.id, assessmentResults.personId))
		.innerJoin(units, eq(units.id, assessmentResults.unitId))
		.where(eq(assessmentResults.id, id));
	demandWithin(ctx, 'result:view', found?.unitPath, 'result');
	if (!found) throw notFound('result');

	const amendments = await ctx.db
		.select()
		.from(assessmentAmendments)
		.where(eq(assessmentAmendments.resultId, id))
		.orderBy(desc(assessmentAmendments.amendedAt), desc(assessmentAmendments.id));
	return { ...found, amendments };
}

/** A person's own results, newest year first: those that have been confirmed. */
export function listOwnResults({ db, actor }: Context) {
	return db
		.select({
			year: assessmentResults.year,
			band: holding,
			score: assessmentResults.score,
			unit: units.name,
			components: assessmentResults.components,
			confirmedAt: assessmentResults.confirmedAt
		})
		.from(assessmentResults)
		.innerJoin(units, eq(units.id, assessmentResults.unitId))
		.where(
			and(
				eq(assessmentResults.personId, sql`${actor.personId}::uuid`),
				sql`${assessmentResults.confirmedAt} is not null`
			)
		)
		.orderBy(desc(assessmentResults.year));
}
