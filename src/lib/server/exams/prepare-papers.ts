import { and, asc, eq, inArray, isNull, notExists, sql } from 'drizzle-orm';
import { masteryCheckQuestions, masteryChecks } from '#db/schema/courses.ts';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { practiceAnswers } from '#db/schema/practice.ts';
import { batchesOf } from '../platform/batches.ts';
import { atomically, type Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';
import { newId, newSecret } from '../platform/ids.ts';
import { type DrawnSlot, drawPaper, type PaperSection, totalOf } from './draw-paper.ts';
import { type Exam, listPapers } from './queries.ts';
import { readPools } from './section-pool.ts';

/** Papers made in one transaction. */
const perBatch = 100;

/** Everything that is the same for each candidate of an exam: read once, drawn from many times. */
interface Blueprint {
	exam: Exam;
	/** Sections by paper. */
	sections: Map<string, PaperSection[]>;
}

interface Candidate {
	personId: string;
	paperId: string;
	unitId: string | null;
}

/**
 * Makes the papers of everybody who is due to sit a published exam and has none yet, so that a start draws nothing. Takes up
 * where an interrupted run stopped, and may run beside another: nobody gets two papers.
 * @returns how many papers were made
 */
export async function preparePapers(ctx: Context, examId: string): Promise<number> {
	const blueprint = await readBlueprint(ctx, examId);
	if (!blueprint) return 0;
	for (let made = 0; ;) {
		const batch = await atomically(ctx, async (ctx) => {
			const candidates = await lockWithoutPaper(ctx, examId);
			await prepare(ctx, blueprint, candidates, 1);
			return candidates.length;
		});
		made += batch;
		if (batch < perBatch) return made;
	}
}

/** Makes the paper of one candidate for an attempt, in the caller's transaction. For a start that comes before the job, and for further attempts. */
export async function prepareOne(ctx: Context, examId: string, candidate: Candidate, number: number): Promise<void> {
	const blueprint = await readBlueprint(ctx, examId);
	if (blueprint) await prepare(ctx, blueprint, [candidate], number);
}

async function readBlueprint(ctx: Context, examId: string): Promise<Blueprint | undefined> {
	const [exam] = await ctx.db.select().from(exams).where(eq(exams.id, examId));
	if (exam?.state !== 'published') return undefined;
	const papers = await listPapers(ctx, examId);
	const pools = await readPools(
		ctx,
		exam,
		papers.flatMap(({ sections }) => sections)
	);
	const sections = new Map(papers.map(({ id, sections }) => [id, sections.map((section) => pools.get(section.id)!)]));
	return { exam, sections };
}

/** Candidates without a paper, each taken by one run only. */
function lockWithoutPaper({ db }: Context, examId: string): Promise<Candidate[]> {
	const own = db
		.select({ id: examAttempts.id })
		.from(examAttempts)
		.where(and(eq(examAttempts.examId, examId), eq(examAttempts.personId, examCandidates.personId)));
	return db
		.select({ personId: examCandidates.personId, paperId: examCandidates.paperId, unitId: examCandidates.unitId })
		.from(examCandidates)
		.where(
			and(
				eq(examCandidates.examId, examId),
				eq(examCandidates.status, 'due'),
				isNull(examCandidates.outcome),
				notExists(own)
			)
		)
		.orderBy(asc(examCandidates.personId))
		.limit(perBatch)
		.for('update', { skipLocked: true });
}

async function prepare(
	ctx: Context,
	{ exam, sections }: Blueprint,
	candidates: Candidate[],
	number: number
): Promise<void> {
	if (candidates.length === 0) return;
	const lastSeen = await readLastSeen(ctx, sections, candidates);
	const papers = candidates.map(({ personId, paperId, unitId }) => {
		const slots = drawPaper({
			sections: sections.get(paperId) ?? [],
			lastSeen: lastSeen.get(personId) ?? new Map(),
			shuffleQuestions: exam.shuffleQuestions,
			shuffleOptions: exam.shuffleOptions,
			seed: newSecret()
		});
		return { id: newId(), personId, paperId, unitId, slots };
	});
	const attempts = papers.map(({ slots, ...paper }) => ({ ...paper, examId: exam.id, number, total: totalOf(slots) }));
	// A run beside this one may have made some meanwhile: rows that it has let go look as if they were still without a paper.
	const made = await ctx.db
		.insert(examAttempts)
		.values(attempts)
		.onConflictDoNothing()
		.returning({ id: examAttempts.id });
	const own = new Set(made.map(({ id }) => id));
	await keepSlots(
		ctx,
		papers.filter(({ id }) => own.has(id)).flatMap(({ id, slots }) => slots.map((slot) => ({ attemptId: id, ...slot })))
	);
}

async function keepSlots({ db }: Context, slots: (DrawnSlot & { attemptId: string })[]): Promise<void> {
	for (const batch of batchesOf(slots, 5_000)) await db.insert(examAnswers).values(batch);
}

/**
 * When each candidate was last asked the questions that could be drawn: in exams, mastery checks and practice; as seconds.
 * One statement for a whole batch of people.
 */
async function readLastSeen(
	{ db }: Context,
	sections: Map<string, PaperSection[]>,
	candidates: Candidate[]
): Promise<Map<string, Map<string, number>>> {
	const drawn = [...sections.values()].flat().filter(({ fixed, unseenFirst }) => !fixed && unseenFirst);
	const questionIds = new Set(
		drawn.flatMap(({ pool }) => pool.flatMap(({ questions }) => questions.map(({ id }) => id)))
	);
	const seen = new Map<string, Map<string, number>>();
	if (questionIds.size === 0) return seen;

	const people = idList(candidates.map(({ personId }) => personId));
	const asked = idList([...questionIds]);
	const { rows } = await db.execute<{ personId: string; questionId: string; at: string }>(sql`
		select person_id as "personId", question_id as "questionId", max(extract(epoch from at)) as at from (
			select t.person_id, a.question_id, t.started_at as at
			from ${examAttempts} t join ${examAnswers} a on a.attempt_id = t.id
			where t.person_id in ${people} and t.started_at is not null and a.question_id in ${asked}
			union all
			select c.person_id, q.question_id, c.opened_at
			from ${masteryChecks} c join ${masteryCheckQuestions} q on q.check_id = c.id
			where c.person_id in ${people} and q.question_id in ${asked}
			union all
			select person_id, question_id, at from ${practiceAnswers}
			where person_id in ${people} and question_id in ${asked}) answered
		group by 1, 2`);
	for (const { personId, questionId, at } of rows) {
		const own = seen.get(personId) ?? new Map<string, number>();
		seen.set(personId, own.set(questionId, Number(at)));
	}
	return seen;
}

/** How many of those due to sit have their paper: progress of the job, for the page of the exam. */
export async function countPrepared({ db }: Context, examId: string): Promise<{ due: number; prepared: number }> {
	const [counts] = await db
		.select({
			due: sql<number>`count(*)::int`,
			prepared: sql<number>`count(*) filter (where exists (
				select 1 from ${examAttempts} t where t.exam_id = ${examCandidates.examId} and t.person_id = ${examCandidates.personId}))::int`
		})
		.from(examCandidates)
		.where(and(eq(examCandidates.examId, examId), inArray(examCandidates.status, ['due'])));
	return counts ?? { due: 0, prepared: 0 };
}
