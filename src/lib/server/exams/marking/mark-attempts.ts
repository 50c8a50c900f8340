import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { examAnswers, examAttempts, exams } from '#db/schema/exams.ts';
import { recordAll } from '../../audit/record.ts';
import { batchesOf } from '../../platform/batches.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { scoreSlot, type Scoring } from '../score-slot.ts';
import { settleCandidates } from '../settle-candidates.ts';
import { keepScores } from './keep-scores.ts';
import { lockAnswers, type MarkedAnswer } from './read-answers.ts';

/** Attempts marked in one transaction. */
const perBatch = 200;

/**
 * Gives every answer of submitted attempts its points where no person has to, and closes the marking of those attempts that
 * need nobody. An attempt is marked once: whoever comes second finds it marked. The candidates are settled with it.
 */
export async function markAttempts(ctx: Context, attemptIds: readonly string[]): Promise<void> {
	for (const batch of batchesOf(attemptIds, perBatch)) await atomically(ctx, (ctx) => markBatch(ctx, batch));
}

async function markBatch(ctx: Context, attemptIds: string[]): Promise<void> {
	const attempts = await ctx.db
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

	const rules = new Map(attempts.map(({ id, multiple }) => [id, { multiple }]));
	const answers = await lockAnswers(ctx, inArray(examAnswers.attemptId, [...rules.keys()]));
	await scoreAnswers(ctx, answers, rules);
	await closeMarking(ctx, [...rules.keys()]);
	for (const [examId, sat] of Map.groupBy(attempts, ({ examId }) => examId)) {
		await settleCandidates(ctx, examId, [...new Set(sat.map(({ personId }) => personId))]);
	}
}

async function scoreAnswers(ctx: Context, answers: MarkedAnswer[], rules: ReadonlyMap<string, Scoring>): Promise<void> {
	const scored = answers.flatMap((answer) => {
		const score = scoreSlot(answer, rules.get(answer.attemptId)!);
		return score === undefined ? [] : [{ attemptId: answer.attemptId, slot: answer.slot, score }];
	});
	await keepScores(ctx, scored);
}

/**
 * Marks as marked those of the submitted attempts whose answers all have their points; adds the points up. In the caller's transaction.
 * @returns ids of the attempts whose marking is closed
 */
export async function closeMarking(ctx: Context, attemptIds: readonly string[]): Promise<string[]> {
	const { rows } = await ctx.db.execute<{ id: string; score: string }>(sql`
		update ${examAttempts} set state = 'marked', score = added.score, marked_at = ${ctx.now}
		from (
			select attempt_id, sum(score) as score from ${examAnswers}
			where attempt_id = any (${sql.param(attemptIds)}::uuid[])
			group by attempt_id having bool_and(score is not null)) added
		where ${examAttempts.id} = added.attempt_id and ${examAttempts.state} = 'submitted'
		returning ${examAttempts.id}, ${examAttempts.score}`);
	await recordAll(
		ctx,
		'attempt.marked',
		rows.map(({ id, score }) => ({ subjectId: id, details: { score: Number(score) } }))
	);
	return rows.map(({ id }) => id);
}
