import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { recordAll } from '../../audit/record.ts';
import { batchesOf } from '../../platform/batches.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { isConnectionLoss } from '../../platform/database.ts';
import { log } from '../../platform/log.ts';
import { holdExamsOf } from '../queries.ts';
import { scoreSlot, type Scoring } from '../score-slot.ts';
import { settleCandidates } from '../settle-candidates.ts';
import { keepSheetsOf } from '../statistics/keep-sheets.ts';
import { keepScores } from './keep-scores.ts';
import { isDropped, keyOf, readMendedKeys } from './key-changes.ts';
import { mendedScore } from './mended-score.ts';
import { lockAnswers } from './read-answers.ts';
import { releaseEarly } from './release-attempts.ts';
import { isWrittenAnswer } from './written-answers.ts';

/** Attempts marked in one transaction. */
const perBatch = 200;

/**
 * Gives every answer of submitted attempts its points where no person has to, and closes the marking of those attempts that
 * need nobody. An attempt is marked once: whoever comes second finds it marked. The candidates are settled with it.
 * One that cannot be marked stays submitted and holds nobody else up: the log names it, the pages of its exam count it, and
 * `submitDue` tries it again.
 */
export async function markAttempts(ctx: Context, attemptIds: readonly string[]): Promise<void> {
	for (const batch of batchesOf(attemptIds, perBatch)) await markApart(ctx, batch);
}

async function markApart(ctx: Context, attemptIds: string[]): Promise<void> {
	try {
		await atomically(ctx, (ctx) => markBatch(ctx, attemptIds));
	} catch (error) {
		if (isConnectionLoss(error)) throw error;
		if (attemptIds.length > 1) for (const id of attemptIds) await markApart(ctx, [id]);
		else log.error({ attemptId: attemptIds[0], error: sentenceOf(error) }, 'an attempt cannot be marked');
	}
}

/** The innermost reason: what a statement was asked with is answers, and stays out of the log. */
function sentenceOf(error: unknown): string {
	const cause = error instanceof Error ? error.cause : undefined;
	return cause ? sentenceOf(cause) : String(error);
}

/** SQL: whether attempt `t` was handed in and has answers that need nobody and yet have no points. */
export const isStuck = sql`t.state = 'submitted' and exists (
	select 1 from ${examAnswers} a where a.attempt_id = t.id and a.score is null and not ${isWrittenAnswer})`;

/** Papers of an exam that could not be marked. */
export async function countStuck({ db }: Context, examId: string): Promise<number> {
	const { rows } = await db.execute<{ stuck: number }>(sql`
		select count(*)::int as stuck from ${examAttempts} t where t.exam_id = ${examId} and ${isStuck}`);
	return rows[0]?.stuck ?? 0;
}

/** Tries those again that could not be marked: what was wrong with them may have been mended. */
export async function markStuck(ctx: Context): Promise<void> {
	const { rows } = await ctx.db.execute<{ id: string }>(
		sql`select t.id from ${examAttempts} t where ${isStuck} order by t.submitted_at limit ${perBatch}`
	);
	await markAttempts(
		ctx,
		rows.map(({ id }) => id)
	);
}

interface Handed extends Scoring {
	id: string;
	examId: string;
	personId: string;
}

async function markBatch(ctx: Context, attemptIds: string[]): Promise<void> {
	await holdExamsOf(ctx, inArray(examAttempts.id, attemptIds));
	const attempts: Handed[] = await ctx.db
		.select({
			id: examAttempts.id,
			examId: examAttempts.examId,
			personId: examAttempts.personId,
			multiple: exams.multipleScoring
		})
		.from(examAttempts)
		.innerJoin(exams, eq(exams.id, examAttempts.examId))
		.where(and(inArray(examAttempts.id, attemptIds), eq(examAttempts.state, 'submitted')))
		.orderBy(asc(examAttempts.id))
		.for('update', { of: examAttempts });
	if (attempts.length === 0) return;

	await scoreAnswers(ctx, new Map(attempts.map((attempt) => [attempt.id, attempt])));
	await finishMarking(ctx, attempts);
}

/** Points for whatever needs nobody, by the key that holds now. */
async function scoreAnswers(ctx: Context, attempts: ReadonlyMap<string, Handed>): Promise<void> {
	const mended = await readMendedKeys(ctx, [...new Set([...attempts.values()].map(({ examId }) => examId))]);
	const answers = await lockAnswers(ctx, inArray(examAnswers.attemptId, [...attempts.keys()]));
	const scored = answers.flatMap((answer) => {
		const { attemptId, slot, questionId } = answer;
		const attempt = attempts.get(attemptId)!;
		const key = mended.get(keyOf(attempt.examId, questionId));
		const score = key ? mendedScore(answer, key.content, key.policy, attempt) : scoreSlot(answer, attempt);
		return score === undefined ? [] : [{ attemptId, slot, score }];
	});
	await keepScores(ctx, scored);
}

/** Closes the marking of attempts whose answers all have their points, with everything that follows. In the caller's transaction. */
export async function finishMarking(
	ctx: Context,
	attempts: readonly Pick<Handed, 'id' | 'examId' | 'personId'>[]
): Promise<void> {
	const marked = await closeMarking(
		ctx,
		attempts.map(({ id }) => id)
	);
	await releaseEarly(ctx, marked);
	for (const [examId, sat] of Map.groupBy(attempts, ({ examId }) => examId)) {
		await settleCandidates(ctx, examId, [...new Set(sat.map(({ personId }) => personId))]);
	}
}

/** @returns ids of the attempts whose marking is closed; their points are added up without the questions that were dropped */
async function closeMarking(ctx: Context, attemptIds: readonly string[]): Promise<string[]> {
	const { rows } = await ctx.db.execute<{ id: string; score: string }>(sql`
		update ${examAttempts} set state = 'marked', score = added.score, total = added.total, marked_at = ${ctx.now}
		from (
			select a.attempt_id,
				coalesce(sum(a.score) filter (where not ${isDropped()}), 0) as score,
				coalesce(sum(a.points) filter (where not ${isDropped()}), 0) as total
			from exam_attempts t join exam_answers a on a.attempt_id = t.id
			where t.id = any (${sql.param(attemptIds)}::uuid[])
			group by a.attempt_id having bool_and(a.score is not null)) added
		where ${examAttempts.id} = added.attempt_id and ${examAttempts.state} = 'submitted'
		returning ${examAttempts.id}, ${examAttempts.score}`);
	await recordAll(
		ctx,
		'attempt.marked',
		rows.map(({ id, score }) => ({ subjectId: id, details: { score: Number(score) } }))
	);
	const marked = rows.map(({ id }) => id);
	await keepSheetsOf(ctx, marked);
	return marked;
}
