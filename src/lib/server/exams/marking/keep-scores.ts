import { sql } from 'drizzle-orm';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { batchesOf } from '../../platform/batches.ts';
import type { Context } from '../../platform/context.ts';
import { keepSheetsOf } from '../statistics/keep-sheets.ts';
import { isDropped, type PendingChange } from './key-changes.ts';

/** Points for the answer in one slot. */
export interface SlotScore {
	attemptId: string;
	slot: number;
	score: number;
}

/** Writes points down, in the caller's transaction. */
export async function keepScores({ db }: Context, scores: readonly SlotScore[]): Promise<void> {
	for (const batch of batchesOf(scores, 20_000)) {
		const column = <Value>(of: (row: SlotScore) => Value) => sql.param(batch.map(of));
		await db.execute(sql`
			update ${examAnswers} set score = given.score
			from unnest(${column((row) => row.attemptId)}::uuid[], ${column((row) => row.slot)}::smallint[], ${column((row) => row.score)}::numeric[])
				as given (attempt_id, slot, score)
			where ${examAnswers.attemptId} = given.attempt_id and ${examAnswers.slot} = given.slot`);
	}
}

/** An attempt whose points, or what they are of, have changed. */
export interface AddedUp extends Record<string, unknown> {
	id: string;
	personId: string;
	total: number;
	/** Its owner has seen the points that it had. */
	isReleased: boolean;
}

/**
 * Adds the points of marked attempts up anew, without the questions that were dropped: neither their points nor their worth
 * count. In the caller's transaction.
 * @param pending a change of a key that is about to stand
 * @returns the attempts that have other points than before
 */
export async function addUp(
	{ db }: Context,
	attemptIds: readonly string[],
	pending?: PendingChange
): Promise<AddedUp[]> {
	const dropped = isDropped(pending);
	const { rows } = await db.execute<AddedUp>(sql`
		update ${examAttempts} set score = added.score, total = added.total
		from (
			select a.attempt_id,
				coalesce(sum(a.score) filter (where not ${dropped}), 0) as score,
				coalesce(sum(a.points) filter (where not ${dropped}), 0) as total
			from exam_attempts t join exam_answers a on a.attempt_id = t.id
			where t.id = any (${sql.param(attemptIds)}::uuid[]) and t.state in ('marked', 'released')
			group by a.attempt_id) added
		where ${examAttempts.id} = added.attempt_id
			and (${examAttempts.score}, ${examAttempts.total}) is distinct from (added.score, added.total)
		returning ${examAttempts.id}, ${examAttempts.personId} as "personId", ${examAttempts.total}::float8 as total,
			${examAttempts.state} = 'released' as "isReleased"`);
	await keepSheetsOf({ db }, attemptIds);
	return rows;
}
