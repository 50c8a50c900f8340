import { type SQL, sql } from 'drizzle-orm';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import type { Context } from '../../platform/context.ts';

/** Figures over the scores that count, in percent of the points. */
export interface ScoreFigures {
	people: number;
	mean: number | null;
	median: number | null;
	standardDeviation: number | null;
	/** People by tens of percent: 0–9, 10–19, … 90–100. */
	distribution: number[];
}

/**
 * The scores of candidates of an exam, in percent of the points of their paper.
 * @param condition on the candidate `c`, such as the units within reach
 */
export async function readScores({ db }: Context, examId: string, condition: SQL = sql`true`): Promise<ScoreFigures> {
	const { rows } = await db.execute<ScoreFigures & Record<string, unknown>>(sql`
		with papers as (
			select distinct on (person_id) person_id, total from ${examAttempts}
			where exam_id = ${examId} and state in ('marked', 'released') order by person_id, number),
		shares as materialized (
			select least(100, c.score * 100 / nullif(p.total, 0))::float8 as share
			from exam_candidates c join papers p on p.person_id = c.person_id
			where c.exam_id = ${examId} and c.score is not null and ${condition}),
		tens as (select least(9, floor(share / 10))::int as ten, count(*)::int as people from shares group by 1)
		select count(*)::int as people, avg(share) as mean, stddev_samp(share) as "standardDeviation",
			percentile_cont(0.5) within group (order by share) as median,
			array(
				select coalesce(tens.people, 0) from generate_series(0, 9) t (ten) left join tens using (ten) order by t.ten) as distribution
		from shares`);
	return rows[0]!;
}
