import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { practiceAnswers } from '#db/schema/practice.ts';

/** So many right answers since the last wrong one, and a question leaves the wrong-question book. */
export const rightToLeave = 2;

/**
 * The wrong-question book of a person, as a table: questions answered wrongly, and since then rightly fewer than twice. What
 * was put aside is in it too; the card of the question says so.
 */
export const wrongBook = (personId: SQLWrapper | string): SQL => sql`(
	select own.question_id, own.wrong_at,
		(count(*) filter (where own.correct and own.at > own.wrong_at))::int as right_since,
		(count(*) filter (where not own.correct))::int as times
	from (
		select question_id, correct, at, max(at) filter (where not correct) over (partition by question_id) as wrong_at
		from ${practiceAnswers} where person_id = ${personId}
	) own
	where own.wrong_at is not null
	group by own.question_id, own.wrong_at
	having count(*) filter (where own.correct and own.at > own.wrong_at) < ${sql.raw(String(rightToLeave))})`;
