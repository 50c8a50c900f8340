import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { announce } from '../platform/announce.ts';
import { batchesOf } from '../platform/batches.ts';
import type { Context } from '../platform/context.ts';
import { satStates } from './attempt-state.ts';
import { countingScore, reaches } from './counting-score.ts';
import type { Exam } from './queries.ts';

type Standing = Pick<typeof examCandidates.$inferSelect, 'personId' | 'score' | 'outcome' | 'excellent'>;
type Outcome = Standing['outcome'];

/**
 * Brings the outcome of candidates up to date with their attempts, in the caller's transaction: by the attempt that counts
 * once all that were sat are marked; absent when the own window is over without a sitting; open otherwise. Whoever changes
 * attempts, marks or candidates calls it. The exempt have no outcome.
 * @returns the people whose score or outcome changed
 */
export async function settleCandidates(ctx: Context, examId: string, personIds: readonly string[]): Promise<string[]> {
	const { db, now } = ctx;
	const [exam] = await db.select().from(exams).where(eq(exams.id, examId));
	if (!exam) return [];
	const changed: Standing[] = [];

	for (const people of batchesOf(personIds)) {
		const candidates = await db
			.select()
			.from(examCandidates)
			.where(and(eq(examCandidates.examId, examId), inArray(examCandidates.personId, people)))
			.orderBy(asc(examCandidates.personId)) // two who settle the same people wait for each other in turn
			.for('update');
		const attempts = await db
			.select({
				personId: examAttempts.personId,
				number: examAttempts.number,
				state: examAttempts.state,
				score: examAttempts.score,
				total: examAttempts.total
			})
			.from(examAttempts)
			.where(
				and(
					eq(examAttempts.examId, examId),
					inArray(examAttempts.personId, people),
					inArray(examAttempts.state, ['open', ...satStates])
				)
			);
		const sat = Map.groupBy(attempts, ({ personId }) => personId);
		for (const candidate of candidates) {
			const standing = standingOf(exam, candidate, sat.get(candidate.personId) ?? [], now);
			if (differs(candidate, standing)) changed.push({ personId: candidate.personId, ...standing });
		}
	}

	for (const batch of batchesOf(changed)) await keep(ctx, examId, batch);
	const people = changed.map(({ personId }) => personId);
	if (people.length > 0) await announce(ctx, 'exam.settled', { examId, personIds: people });
	return people;
}

type Candidate = typeof examCandidates.$inferSelect;
type Sat = Pick<typeof examAttempts.$inferSelect, 'number' | 'state' | 'score' | 'total'>;

function standingOf(exam: Exam, candidate: Candidate, attempts: Sat[], now: Date): Omit<Standing, 'personId'> {
	const open = { score: null, outcome: null as Outcome, excellent: false };
	if (candidate.status === 'exempt') return open;
	if (attempts.length === 0) {
		const over = candidate.closesAt.getTime() + candidate.extraMinutes * 60_000 <= now.getTime();
		return over && exam.kind !== 'mock' ? { ...open, outcome: 'absent' } : open;
	}
	if (attempts.some(({ state }) => state === 'submitted')) return open; // until its written answers are marked
	const counting = countingScore(attempts, exam.counting);
	if (!counting) return open;
	const passed = reaches(counting, exam.passMark);
	return {
		score: counting.score,
		outcome: passed ? 'passed' : 'failed',
		excellent: passed && reaches(counting, exam.excellentMark)
	};
}

const differs = (a: Omit<Standing, 'personId'>, b: Omit<Standing, 'personId'>): boolean =>
	a.score !== b.score || a.outcome !== b.outcome || a.excellent !== b.excellent;

async function keep({ db }: Context, examId: string, standings: Standing[]): Promise<void> {
	const rows = JSON.stringify(standings);
	await db.execute(sql`
		update ${examCandidates} set score = settled.score, outcome = settled.outcome::exam_outcome, excellent = settled.excellent
		from jsonb_to_recordset(${rows}::jsonb) as settled ("personId" uuid, score numeric, outcome text, excellent boolean)
		where ${examCandidates.examId} = ${examId} and ${examCandidates.personId} = settled."personId"`);
}
