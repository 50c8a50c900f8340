import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { isByPoints } from '../paper-entry/entries.ts';

/** SQL: what was chosen in answer `a`, as in `examSheets.choices`. */
const choice: SQL = sql`(case
	when a.response is null then null
	when a.kind = 'true-false' then case when a.response->'value' = 'true'::jsonb then 1 else 2 end
	when a.kind in ('single', 'multiple') then ${sql.join(
		[...'ABCDEFGH'].map(
			(letter, bit) => sql`(a.response->'chosen' ? ${sql.raw(`'${letter}'`)})::int * ${sql.raw(String(2 ** bit))}`
		),
		sql` + `
	)}
	else 0 end)::smallint`;

/**
 * SQL: seconds from the receipt before, or from the start, to the last one of answer `a` of attempt `t`: by the server's clock alone.
 * Null where they tell nothing: no receipt; a pause in the attempt; answers that came within a second of each other, as those of one
 * form or of a queue that was sent after a break do; those that came after handing in; and those that were copied from paper.
 */
const seconds: SQL = sql`case
	when t.paused_seconds = 0 and t.submitted_by <> 'examiner' and a.saved_at <= t.submitted_at
		and a.saved_at - coalesce(lag(a.saved_at) over receipts, t.started_at) >= interval '1 second'
		and coalesce(lead(a.saved_at) over receipts - a.saved_at >= interval '1 second', true)
	then extract(epoch from a.saved_at - coalesce(lag(a.saved_at) over receipts, t.started_at))::int end`;

/**
 * Puts marked papers down as statistics read them, each in one row, in the caller's transaction: whoever gives points calls it. A paper
 * of which only the points are known says nothing of its questions and has no sheet.
 * @param attempts condition on the attempt `t`
 */
export async function keepSheets({ db }: Pick<Context, 'db'>, attempts: SQL): Promise<void> {
	await db.execute(sql`
		insert into exam_sheets (attempt_id, question_ids, choices, scores, points, seconds)
		select attempt_id, array_agg(question_id order by slot), array_agg(choice order by slot),
			array_agg((score * 100)::int order by slot), array_agg((points * 100)::int order by slot), array_agg(seconds order by slot)
		from (
			select a.attempt_id, a.slot, a.question_id, a.score, a.points, ${choice} as choice, ${seconds} as seconds
			from exam_attempts t join exam_answers a on a.attempt_id = t.id
			where ${attempts} and t.state in ('marked', 'released') and (t.submitted_by <> 'examiner' or not ${isByPoints})
			window receipts as (partition by a.attempt_id order by a.saved_at, a.slot)) answers
		group by attempt_id
		on conflict (attempt_id) do update set choices = excluded.choices, scores = excluded.scores, seconds = excluded.seconds`);
}

/** The same for attempts by their ids. */
export const keepSheetsOf = (ctx: Pick<Context, 'db'>, attemptIds: readonly string[]): Promise<void> =>
	keepSheets(ctx, sql`t.id = any (${sql.param(attemptIds)}::uuid[])`);

/** Takes the sheet of an attempt away whose answers turned out not to be known. */
export const dropSheet = async ({ db }: Pick<Context, 'db'>, attemptId: string): Promise<void> => {
	await db.execute(sql`delete from exam_sheets where attempt_id = ${attemptId}`);
};
