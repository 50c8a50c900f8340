import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { isByPoints, listByPoints } from '../paper-entry/entries.ts';
import { cronbachAlpha, type SlotSums, sampleVariance, standardError } from './exam-figures.ts';
import { fewestTimes, type QuestionTime } from './question-figures.ts';

/* Sums over the sheets that marking keeps (`examSheets`): a row to a paper instead of one to an answer. */

/** Figures of the scores of one paper of an exam. */
export interface PaperFigures {
	paperId: string;
	/** Whether everybody had the same questions; otherwise α is that of randomly parallel papers. */
	isFixed: boolean;
	people: number;
	mean: number | null;
	standardDeviation: number | null;
	alpha: number | null;
	standardError: number | null;
}

/**
 * SQL: everybody's first paper that stands. Looking for one before it costs more than some of the figures, and is left out where
 * nobody has sat twice. Papers of which only the points are known are left out too.
 */
export async function findFirstPapers({ db }: Context, examId: string): Promise<SQL> {
	const standing = sql`t.exam_id = ${examId} and t.state in ('marked', 'released')`;
	const { rows: again } = await db.execute(
		sql`select 1 from exam_attempts t where ${standing} and t.number > 1 limit 1`
	);
	const first = sql`not exists (
		select 1 from exam_attempts earlier
		where earlier.exam_id = t.exam_id and earlier.person_id = t.person_id and earlier.number < t.number
			and earlier.state in ('marked', 'released'))`;
	const withSheet = (await listByPoints({ db }, examId)).size > 0 ? sql`and not ${isByPoints}` : sql``;
	return sql`
		select t.id, t.paper_id, t.score::float8 as total from exam_attempts t
		where ${standing} ${withSheet} ${again.length > 0 ? sql`and ${first}` : sql``}`;
}

/**
 * SQL: a query over the first papers in two halves that are worked out side by side. Left to itself the planner takes the number of
 * groups for that of the answers, and then neither hashes nor shares the work. The groups of both halves are added up by the caller.
 */
const inHalves = (papers: SQL, query: (half: SQL) => SQL): SQL =>
	sql.join(
		[0, 1].map(
			(half) =>
				sql`(${query(sql`(select * from (${papers}) t where get_byte(uuid_send(id), 15) % 2 = ${sql.raw(String(half))})`)})`
		),
		sql` union all `
	);

/** Lets the two halves be worked out side by side, in memory, until the caller's transaction ends. */
export async function shareTheWork({ db }: Context): Promise<void> {
	await db.execute(sql`
		select set_config('work_mem', '128MB', true), set_config('enable_sort', 'off', true),
			set_config('parallel_setup_cost', '0', true), set_config('parallel_tuple_cost', '0', true),
			set_config('min_parallel_table_scan_size', '1TB', true), set_config('min_parallel_index_scan_size', '1TB', true)`);
}

/** Everybody who chose the same in a question and got the same points for it, in hundredths; of either half. */
export interface Cell extends Record<string, unknown> {
	questionId: string;
	choice: number | null;
	score: number;
	count: number;
	/** Sum of what the question was worth to these people, in hundredths. */
	points: number;
	/** Mean and variance of their whole papers' points: one step for each row, where two sums would be two. */
	mean: number;
	variance: number;
}

/** One pass over the answers. Within a cell the points are the same: the whole papers' are all that has to be added to. */
export async function readCells({ db }: Context, examId: string, papers: SQL): Promise<Cell[]> {
	const worth = await readWorth({ db }, examId);
	const points = worth === null ? sql`sum(points)::float8` : sql`count(*) * ${worth}::float8`;
	const cells = inHalves(
		papers,
		(half) => sql`
			select question_id as "questionId", choice, score, count(*)::int as count, ${points} as points,
				avg(total) as mean, var_pop(total) as variance
			from (
				select t.total, unnest(s.question_ids) as question_id, unnest(s.choices) as choice, unnest(s.scores) as score
					${worth === null ? sql`, unnest(s.points) as points` : sql``}
				from exam_sheets s join ${half} t on t.id = s.attempt_id) answers
			group by question_id, choice, score`
	);
	const { rows } = await db.execute<Cell>(cells);
	return rows;
}

/** What every question of an exam is worth, in hundredths; null where they differ. */
async function readWorth({ db }: Pick<Context, 'db'>, examId: string): Promise<number | null> {
	const { rows } = await db.execute<{ worth: number | null }>(sql`
		select case when min(s.points) = max(s.points) then (min(s.points) * 100)::int end as worth
		from exam_sections s join exam_papers p on p.id = s.paper_id where p.exam_id = ${examId}`);
	return rows[0]?.worth ?? null;
}

interface SlotCell extends Record<string, unknown> {
	paperId: string;
	slot: number;
	/** Answers to questions that count, and sums of points and of their squares, in hundredths. */
	counted: number;
	x: number;
	xx: number;
}

/** The papers with the sums of their slots. A question that was dropped is part of none: a slot that asked nothing else is no part. */
export async function readPapers({ db }: Context, papers: SQL, dropped: string[]): Promise<PaperFigures[]> {
	const counted = sql`count(*) filter (where question_id <> all (${sql.param(dropped)}::uuid[]))`;
	const { rows: slots } = await db.execute<SlotCell>(
		inHalves(
			papers,
			(half) => sql`
				select paper_id as "paperId", slot, ${dropped.length > 0 ? counted : sql`count(*)`}::int as counted,
					sum(score)::float8 as x, sum(score * score)::float8 as xx
				from (
					select t.paper_id, generate_subscripts(s.scores, 1) as slot, unnest(s.scores) as score
						${dropped.length > 0 ? sql`, unnest(s.question_ids) as question_id` : sql``}
					from exam_sheets s join ${half} t on t.id = s.attempt_id) answers
				group by paper_id, slot`
		)
	);
	const byPaper = Map.groupBy(slots, ({ paperId }) => paperId);
	const { rows } = await db.execute<PaperSums>(sql`
		select t.paper_id as "paperId", count(*)::int as people, sum(total) as totals, sum(total * total) as squares,
			coalesce((select bool_and(fixed) from exam_sections where exam_sections.paper_id = t.paper_id), false) as "isFixed"
		from (${papers}) t group by t.paper_id order by t.paper_id`);
	return rows.map((sums) => paperFigures(sums, byPaper.get(sums.paperId) ?? []));
}

interface PaperSums extends Record<string, unknown> {
	paperId: string;
	isFixed: boolean;
	people: number;
	totals: number;
	squares: number;
}

function paperFigures({ paperId, isFixed, people, totals, squares }: PaperSums, slots: SlotCell[]): PaperFigures {
	const sum = (cells: SlotCell[], of: 'counted' | 'x' | 'xx') => cells.reduce((total, cell) => total + cell[of], 0);
	const parts: SlotSums[] = [...Map.groupBy(slots, ({ slot }) => slot).values()]
		.filter((halves) => sum(halves, 'counted') > 0)
		.map((halves) => ({ n: people, x: sum(halves, 'x') / 100, xx: sum(halves, 'xx') / 10_000 }));
	const whole: SlotSums = { n: people, x: totals, xx: squares };
	const variance = sampleVariance(whole);
	const standardDeviation = variance === null ? null : Math.sqrt(variance);
	const alpha = cronbachAlpha(parts, whole);
	return {
		paperId,
		isFixed,
		people,
		mean: people > 0 ? totals / people : null,
		standardDeviation,
		alpha,
		standardError: standardError(standardDeviation, alpha)
	};
}

/** Papers whose receipts tell how long their questions took: as many as make a median steady, whatever the number of people. */
const timedPapers = 4_000;

/** Median seconds of each question, and how many answers tell it. Fewer than `fewestTimes` would tell of people, not of the question. */
export async function readTimes({ db }: Context, papers: SQL): Promise<Map<string, QuestionTime>> {
	const { rows } = await db.execute<{ questionId: string; count: number; median: number }>(sql`
		select question_id as "questionId", count(*)::int as count,
			percentile_cont(0.5) within group (order by seconds)::float8 as median
		from (
			select unnest(question_ids) as question_id, unnest(seconds) as seconds
			from (
				select s.question_ids, s.seconds from exam_sheets s where s.attempt_id in (
					select id from (${papers}) t order by md5(id::text) limit ${timedPapers})) papers) answers
		where seconds is not null
		group by question_id having count(*) >= ${fewestTimes}`);
	return new Map(rows.map(({ questionId, count, median }) => [questionId, { count, median }]));
}
