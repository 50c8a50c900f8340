import { sql } from 'drizzle-orm';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { examQuestionFigures, examStatistics } from '#db/schema/exam-statistics.ts';
import { batchesOf } from '../../platform/batches.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { idList } from '../../platform/id-list.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { keyOf, type MendedKey, readMendedKeys } from '../marking/key-changes.ts';
import { clearStale } from './mark-stale.ts';
import { type AnswerGroup, type QuestionFigures, questionFigures, type QuestionTime } from './question-figures.ts';
import { optionsOf } from './question-options.ts';
import { readScores, type ScoreFigures } from './read-scores.ts';
import {
	type Cell,
	findFirstPapers,
	type PaperFigures,
	readCells,
	readPapers,
	readTimes,
	shareTheWork
} from './read-sheets.ts';

/** Figures of an exam. */
export interface ExamFigures extends ScoreFigures {
	papers: PaperFigures[];
}

/**
 * Works the figures of an exam out and keeps them. Questions are judged by everybody's first paper that stands: later ones are
 * of people who have learnt from it. Read from the sheets that marking keeps, a row to a paper instead of one to an answer.
 */
export async function workOutStatistics(ctx: Context, examId: string): Promise<ExamFigures> {
	await clearStale(ctx, examId);
	return atomically(ctx, async (ctx) => {
		// One at a time for each exam; whoever settles candidates meanwhile does not wait.
		await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`statistics of ${examId}`}, 0))`);
		await shareTheWork(ctx);
		const papers = await findFirstPapers(ctx, examId);
		const cells = await readCells(ctx, examId, papers);
		const asked = [...new Set(cells.map(({ questionId }) => questionId))];
		const questions = await readQuestions(ctx, examId, asked);
		const dropped = questions.filter(({ mended }) => mended?.policy === 'drop-question').map(({ id }) => id);
		const figures = { ...(await readScores(ctx, examId)), papers: await readPapers(ctx, papers, dropped) };
		await keepQuestionFigures(ctx, examId, figuresOf(questions, cells, await readTimes(ctx, papers)));
		const row = { examId, figures, workedOutAt: ctx.now };
		await ctx.db.insert(examStatistics).values(row).onConflictDoUpdate({ target: examStatistics.examId, set: row });
		return figures;
	});
}

interface ScoredQuestion {
	id: string;
	content: AskedQuestion;
	mended: MendedKey | undefined;
}

/** The questions of an exam with the wording of one of those who were asked, and how their keys were mended. */
async function readQuestions(ctx: Context, examId: string, questionIds: string[]): Promise<ScoredQuestion[]> {
	const { rows } = await ctx.db.execute<{ id: string; content: AskedQuestion }>(sql`
		select q.id, v.content
		from ${idList(questionIds)} q (id)
		cross join lateral (
			select a.question_version_id
			from ${examAnswers} a join ${examAttempts} t on t.id = a.attempt_id
			where a.question_id = q.id and t.exam_id = ${examId} and t.state in ('marked', 'released')
			limit 1) asked
		join question_versions v on v.id = asked.question_version_id`);
	const mended = await readMendedKeys(ctx, [examId]);
	return rows.map(({ id, content }) => ({ id, content, mended: mended.get(keyOf(examId, id)) }));
}

function figuresOf(
	questions: ScoredQuestion[],
	cells: readonly Cell[],
	times: ReadonlyMap<string, QuestionTime>
): Map<string, QuestionFigures> {
	const byQuestion = Map.groupBy(cells, ({ questionId }) => questionId);
	return new Map(
		questions.map(({ id, content, mended }) => {
			const own = (byQuestion.get(id) ?? []).map(answerGroup);
			const figures = questionFigures(own, optionsOf(content, mended));
			const isDropped = mended?.policy === 'drop-question';
			return [id, { ...figures, ...(isDropped && { facility: null }), time: times.get(id) ?? null }];
		})
	);
}

const answerGroup = ({ choice, score, count, points, mean, variance }: Cell): AnswerGroup => ({
	choice,
	score: score / 100,
	points: points / 100,
	count,
	totals: count * mean,
	squares: count * (variance + mean * mean)
});

async function keepQuestionFigures(
	{ db }: Context,
	examId: string,
	figures: Map<string, QuestionFigures>
): Promise<void> {
	await db.delete(examQuestionFigures).where(sql`${examQuestionFigures.examId} = ${examId}`);
	const rows = [...figures].map(([questionId, own]) => ({
		examId,
		questionId,
		answered: own.answered,
		facility: own.facility,
		discrimination: own.discrimination,
		figures: own
	}));
	for (const batch of batchesOf(rows)) await db.insert(examQuestionFigures).values(batch);
}
