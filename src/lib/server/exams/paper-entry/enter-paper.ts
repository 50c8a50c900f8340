import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { examPaperEntries } from '#db/schema/paper-entries.ts';
import { units } from '#db/schema/units.ts';
import { demandNotOwn, within } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { isId, newId } from '../../platform/ids.ts';
import { satStates } from '../attempt-state.ts';
import { followPoints } from '../marking/change-points.ts';
import { keepScores } from '../marking/keep-scores.ts';
import { prepareOne } from '../prepare-papers.ts';
import type { Exam } from '../queries.ts';
import { deadlineOf } from '../sitting/sitting-time.ts';
import { dropSheet } from '../statistics/keep-sheets.ts';
import { readEntries } from './entries.ts';
import { demandEnterable, getEnteredExam } from './entered-exam.ts';
import { readRows } from './read-sheet.ts';
import { scoreEntry } from './score-entry.ts';
import { type PaperInput, takeDown } from './take-down.ts';
import { tellRescored } from './tell-rescored.ts';

type Attempt = typeof examAttempts.$inferSelect;

export interface EnterPaper extends PaperInput {
	examId: string;
	personId: string;
	/** The newest entry that whoever types has seen; 0 for none. */
	known: number;
}

/**
 * Enters a paper that was sat on paper: its answers, or its points where only those are at hand. The first entry hands the paper in
 * and marks what needs nobody; words go to the markers, unless their points stand on the paper. Further entries correct it, with a
 * reason: nothing that was entered is lost. Two who enter the same paper: the second is told.
 * @returns id of the attempt
 * @throws not-found exam.not-found | candidate.not-found; forbidden access.own-case; conflict exam.not-published | exam.not-open |
 *   entry.entered-meanwhile | entry.sat-online | entry.being-sat | entry.being-marked; invalid entry.unreadable | entry.too-many-points |
 *   entry.points-missing | entry.because
 */
export function enterPaper(ctx: SignedIn, input: EnterPaper): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { exam, candidate } = await lockCandidacy(ctx, input);
		const attempt = await lockPaper(ctx, exam, candidate);
		const [before] = (await readEntries(ctx, [attempt.id])).get(attempt.id) ?? [];
		if (attempt.state !== 'prepared' && !before) throw conflict('entry.sat-online');
		if ((before?.number ?? 0) !== input.known)
			throw conflict('entry.entered-meanwhile', { values: { name: before?.by ?? '' } });

		const number = input.known + 1;
		const taken = takeDown(await readRows(ctx, attempt.id), input, { isCorrection: number > 1 });
		await ctx.db.insert(examPaperEntries).values({
			attemptId: attempt.id,
			number,
			...taken.entry,
			enteredBy: ctx.actor.personId,
			enteredAt: ctx.now
		});
		await record(ctx, number > 1 ? 'paper.corrected' : 'paper.entered', attempt.id, {
			examId: exam.id,
			number,
			way: taken.entry.way
		});
		const { scores, waiting } = await scoreEntry(ctx, { exam, attempt, taken, isCorrection: number > 1 });
		if (number === 1) await open(ctx, exam, candidate, attempt);
		await writeAnswers(ctx, attempt.id, taken.entry.answers);
		const submitted = number === 1 ? await handIn(ctx, attempt) : attempt;
		await keepScores(ctx, scores);
		await takeBackScores(ctx, attempt.id, waiting);
		if (taken.entry.way !== 'answers') await dropSheet(ctx, attempt.id);
		await followPoints(ctx, submitted);
		if (number > 1) await tellRescored(ctx, exam, attempt);
		return attempt.id;
	});
}

type Candidate = typeof examCandidates.$inferSelect;

/** The exam is held before the candidate, in the order of those who decide about candidates. */
async function lockCandidacy(
	ctx: SignedIn,
	{ examId, personId }: EnterPaper
): Promise<{ exam: Exam; candidate: Candidate }> {
	await getEnteredExam(ctx, examId);
	const [exam] = await ctx.db.select().from(exams).where(eq(exams.id, examId)).for('key share');
	demandEnterable(ctx, exam!);
	demandNotOwn(ctx, personId);
	const [found] = isId(personId)
		? await ctx.db
				.select({ candidate: examCandidates })
				.from(examCandidates)
				.innerJoin(units, eq(units.id, examCandidates.unitId))
				.where(
					and(
						eq(examCandidates.examId, examId),
						eq(examCandidates.personId, personId),
						eq(examCandidates.status, 'due'),
						within(ctx.actor, 'exam:mark', units.path)
					)
				)
				.for('update', { of: examCandidates })
		: [];
	if (!found) throw notFound('candidate');
	return { exam: exam!, candidate: found.candidate };
}

/** The paper that was printed for the candidate: the one that lies ready, or that was entered before. A voided one is taken up again. */
async function lockPaper(ctx: SignedIn, exam: Exam, candidate: Candidate): Promise<Attempt> {
	const latest = await lockLatest(ctx, candidate);
	if (latest?.state === 'open') throw conflict('entry.being-sat');
	if (latest && latest.state !== 'voided') return latest;
	if (latest) return takeUp(ctx, latest);
	await prepareOne(ctx, exam.id, candidate, 1);
	const made = await lockLatest(ctx, candidate);
	if (!made) throw conflict('entry.without-paper');
	return made;
}

async function lockLatest({ db }: SignedIn, { examId, personId }: Candidate): Promise<Attempt | undefined> {
	const [latest] = await db
		.select()
		.from(examAttempts)
		.where(and(eq(examAttempts.examId, examId), eq(examAttempts.personId, personId)))
		.orderBy(desc(examAttempts.number))
		.limit(1)
		.for('update');
	return latest;
}

/** The same questions once more, unanswered: what was printed stays what was sat, though its entry was voided. */
async function takeUp({ db }: SignedIn, voided: Attempt): Promise<Attempt> {
	const { examId, personId, paperId, unitId, number } = voided;
	const id = newId();
	const { rows } = await db.execute<{ total: number }>(
		sql`select coalesce(sum(points), 0)::float8 as total from exam_answers where attempt_id = ${voided.id}`
	);
	const [made] = await db
		.insert(examAttempts)
		.values({ id, examId, personId, paperId, unitId, number: number + 1, total: rows[0]!.total })
		.returning();
	await db.execute(sql`
		insert into exam_answers (attempt_id, slot, section_id, question_id, question_version_id, case_version_id, kind, size, points, parameters, option_order)
		select ${id}, slot, section_id, question_id, question_version_id, case_version_id, kind, size, points, parameters, option_order
		from exam_answers where attempt_id = ${voided.id}`);
	return made!;
}

/** It was begun when the hall opened and handed in when its time was over, or now where that is still to come. */
async function open(ctx: SignedIn, exam: Exam, candidate: Candidate, attempt: Attempt): Promise<void> {
	const startedAt = candidate.opensAt < ctx.now ? candidate.opensAt : exam.opensAt;
	const deadlineAt = deadlineOf(startedAt, { ...candidate, minutes: exam.minutes });
	await ctx.db
		.update(examAttempts)
		.set({ state: 'open', startedAt, deadlineAt })
		.where(eq(examAttempts.id, attempt.id));
	await record(ctx, 'attempt.started', attempt.id, { examId: exam.id, number: attempt.number });
}

async function handIn(ctx: SignedIn, attempt: Attempt): Promise<Attempt> {
	const [submitted] = await ctx.db
		.update(examAttempts)
		.set({
			state: satStates[0],
			submittedAt: sql`least(${examAttempts.deadlineAt}, ${ctx.now})`,
			submittedBy: 'examiner'
		})
		.where(eq(examAttempts.id, attempt.id))
		.returning();
	await record(ctx, 'attempt.submitted', attempt.id, { by: 'examiner' });
	return submitted!;
}

/** The answers as they stand on the sheet; the receipt of each says when it was entered. */
async function writeAnswers({ db, now }: SignedIn, attemptId: string, answers: Record<string, unknown>): Promise<void> {
	const given = JSON.stringify(answers);
	await db.execute(sql`
		update ${examAnswers} set response = ${given}::jsonb -> slot::text, revision = revision + 1,
			saved_at = case when ${given}::jsonb -> slot::text is not null then ${now}::timestamptz end
		where attempt_id = ${attemptId} and response is distinct from (${given}::jsonb -> slot::text)`);
}

/** Words that read otherwise than those that had points from the paper go to the markers. */
async function takeBackScores({ db }: SignedIn, attemptId: string, slots: number[]): Promise<void> {
	if (slots.length === 0) return;
	await db
		.update(examAnswers)
		.set({ score: null })
		.where(and(eq(examAnswers.attemptId, attemptId), inArray(examAnswers.slot, slots)));
}
