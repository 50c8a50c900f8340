import { eq, sql } from 'drizzle-orm';
import {
	examAnswers,
	examAttempts,
	examPapers,
	examQuestionFigures,
	examSections,
	examStatistics
} from '#db/schema/exams.ts';
import { batchesOf } from '../../platform/batches.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { idList } from '../../platform/id-list.ts';
import { letterOf } from '../../questions/letters.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import { cronbachAlpha, type SlotSums, sampleVariance, standardError } from './exam-figures.ts';
import { clearStale } from './mark-stale.ts';
import { readScores, type ScoreFigures } from './read-scores.ts';
import { type AnswerGroup, type QuestionFigures, questionFigures } from './question-figures.ts';

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

/** Figures of an exam. */
export interface ExamFigures extends ScoreFigures {
	papers: PaperFigures[];
}

/**
 * Works the figures of an exam out and keeps them. Questions are judged by everybody's first paper that stands: later ones are
 * of people who have learnt from it. One pass over the answers, grouped by answer and points, gives all the sums.
 */
export async function workOutStatistics(ctx: Context, examId: string): Promise<ExamFigures> {
	await clearStale(ctx, examId);
	return atomically(ctx, async (ctx) => {
		// One at a time for each exam; whoever settles candidates meanwhile does not wait.
		await ctx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`statistics of ${examId}`}, 0))`);
		const cells = await readCells(ctx, examId);
		const asked = new Set(cells.map(({ questionId }) => questionId));
		const questions = await readQuestions(ctx, examId, [...asked]);
		const papers = papersOf(cells, await readFixed(ctx, examId));
		const figures = { ...(await readScores(ctx, examId)), papers };
		await keepQuestionFigures(ctx, examId, figuresByQuestion(cells, questions));
		const row = { examId, figures, workedOutAt: ctx.now };
		await ctx.db.insert(examStatistics).values(row).onConflictDoUpdate({ target: examStatistics.examId, set: row });
		return figures;
	});
}

/** Everybody who gave the same answer to a question in the same slot of a paper, and got the same points for it. */
interface Cell extends Record<string, unknown> {
	questionId: string;
	paperId: string;
	slot: number;
	/** As it was given where options are chosen; `true` for any other answer, null for none. */
	response: { chosen?: string[]; value?: boolean } | true | null;
	score: number;
	count: number;
	/** Sum of the whole papers' points of these people, and of their squares. */
	totals: number;
	squares: number;
}

/**
 * One pass over the answers, in parallel where there are processors. Within a cell the points are the same, so that sums over the
 * whole papers' points are all that a row has to add to; figures of questions and of papers are sums of cells.
 */
async function readCells({ db }: Context, examId: string): Promise<Cell[]> {
	// Enough to keep the cells in memory, and a nudge: the planner takes their number for that of the answers, and then neither
	// hashes nor shares the work.
	await db.execute(sql`select set_config('work_mem', '128MB', true), set_config('parallel_tuple_cost', '0', true)`);
	const { rows } = await db.execute<Cell>(sql`
		select a.question_id as "questionId", sat.paper_id as "paperId", a.slot,
			case when a.response is null or a.kind in ('single', 'multiple', 'true-false') then a.response else 'true'::jsonb end as response,
			a.score::float8 as score, count(*)::int as count, sum(sat.total) as totals, sum(sat.square) as squares
		from exam_answers a join (
			select t.id, t.paper_id, t.score::float8 as total, t.score::float8 * t.score::float8 as square
			from exam_attempts t
			where t.exam_id = ${examId} and t.state in ('marked', 'released') and not exists (
				select 1 from exam_attempts earlier
				where earlier.exam_id = t.exam_id and earlier.person_id = t.person_id and earlier.number < t.number
					and earlier.state in ('marked', 'released'))) sat on sat.id = a.attempt_id
		group by a.question_id, sat.paper_id, a.slot, 4, a.score`);
	return rows;
}

const papersOf = (cells: readonly Cell[], fixed: ReadonlySet<string>): PaperFigures[] =>
	[...Map.groupBy(cells, ({ paperId }) => paperId)].map(([paperId, own]) =>
		paperFigures(paperId, own, fixed.has(paperId))
	);

function paperFigures(paperId: string, cells: Cell[], isFixed: boolean): PaperFigures {
	const bySlot = [...Map.groupBy(cells, ({ slot }) => slot).values()];
	const parts = bySlot.map((slot) => slotSums(slot));
	// Every slot has everybody in it: the first tells the whole papers' points.
	const [first = []] = bySlot;
	const whole: SlotSums = {
		n: first.reduce((sum, { count }) => sum + count, 0),
		x: first.reduce((sum, { totals }) => sum + totals, 0),
		xx: first.reduce((sum, { squares }) => sum + squares, 0)
	};
	const variance = sampleVariance(whole);
	const standardDeviation = variance === null ? null : Math.sqrt(variance);
	const alpha = cronbachAlpha(parts, whole);
	return {
		paperId,
		isFixed,
		people: whole.n,
		mean: whole.n > 0 ? whole.x / whole.n : null,
		standardDeviation,
		alpha,
		standardError: standardError(standardDeviation, alpha)
	};
}

/** The papers of an exam on which everybody has the same questions. */
async function readFixed({ db }: Context, examId: string): Promise<Set<string>> {
	const papers = await db
		.select({ id: examPapers.id })
		.from(examPapers)
		.innerJoin(examSections, eq(examSections.paperId, examPapers.id))
		.where(eq(examPapers.examId, examId))
		.groupBy(examPapers.id)
		.having(sql`bool_and(${examSections.fixed})`);
	return new Set(papers.map(({ id }) => id));
}

const slotSums = (cells: readonly Cell[]): SlotSums => ({
	n: cells.reduce((sum, { count }) => sum + count, 0),
	x: cells.reduce((sum, { count, score }) => sum + count * score, 0),
	xx: cells.reduce((sum, { count, score }) => sum + count * score * score, 0)
});

interface ScoredQuestion extends Record<string, unknown> {
	questionId: string;
	points: number;
	content: AskedQuestion;
}

/** The questions of an exam with the wording and the points of one of those who were asked: no second pass over the answers. */
async function readQuestions({ db }: Context, examId: string, questionIds: string[]): Promise<ScoredQuestion[]> {
	const { rows } = await db.execute<ScoredQuestion>(sql`
		select asked.question_id as "questionId", asked.points::float8 as points, v.content
		from ${idList(questionIds)} q (id)
		cross join lateral (
			select a.question_id, a.question_version_id, a.points
			from ${examAnswers} a join ${examAttempts} t on t.id = a.attempt_id
			where a.question_id = q.id and t.exam_id = ${examId} and t.state in ('marked', 'released')
			limit 1) asked
		join question_versions v on v.id = asked.question_version_id`);
	return rows;
}

function figuresByQuestion(cells: readonly Cell[], questions: ScoredQuestion[]): Map<string, QuestionFigures> {
	const byQuestion = Map.groupBy(cells, ({ questionId }) => questionId);
	return new Map(
		questions.map(({ questionId, points, content }) => {
			const own = (byQuestion.get(questionId) ?? []).map(answerGroup);
			return [questionId, questionFigures(own, points, lettersOf(content))];
		})
	);
}

const answerGroup = ({ response, score, count, totals, squares }: Cell): AnswerGroup => ({
	chosen: chosenOf(response),
	answered: response !== null,
	score,
	count,
	totals,
	squares
});

function chosenOf(response: Cell['response']): string[] | null {
	if (response === null || response === true) return null;
	return response.chosen ?? [String(response.value)];
}

/** What can be chosen: options by their stated letters, a judgement by its value. */
function lettersOf(content: AskedQuestion): { letter: string; isKey: boolean }[] {
	if (content.kind === 'true-false')
		return ['true', 'false'].map((letter) => ({ letter, isKey: String(content.key) === letter }));
	if (content.kind !== 'single' && content.kind !== 'multiple') return [];
	const key: readonly string[] = content.key;
	return content.options.map((_, index) => ({ letter: letterOf(index), isKey: key.includes(letterOf(index)) }));
}

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
