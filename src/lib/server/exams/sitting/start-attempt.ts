import { and, desc, eq } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, DomainError, notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { prepareOne } from '../prepare-papers.ts';
import { codeTries, demandCode } from './access-code.ts';
import { demandAddress } from './demand-address.ts';
import { deadlineOf, entryRefusal } from './sitting-time.ts';
import { startTogether } from './start-together.ts';
import { takeOver } from './take-over.ts';

type Attempt = typeof examAttempts.$inferSelect;

export interface Start {
	examId: string;
	/** Names the page that will write: random, made by the page. */
	writer: string;
	accessCode?: string;
	/** Where the request came from, for exams that are sat from certain places only. */
	address: string;
}

/**
 * Opens the actor's paper. The clock runs from here by the server's time. An attempt that is open already is the one to go on
 * with; another page has to ask first (`takeOver`), unless the exam lets people change devices. The usual start, of a paper that lies ready, goes together with all
 * others of the same moment; everything else is looked at one by one.
 * @returns id of the attempt
 * @throws not-found exam.not-found; conflict exam.not-open | exam.entry-closed | exam.closed | exam.exempt | attempt.none-left |
 *   attempt.elsewhere | paper.short; invalid exam.access-code; forbidden exam.address; too-many attempt.wait |
 *   exam.access-code-too-soon with `seconds`
 */
export async function startAttempt(ctx: SignedIn, start: Start): Promise<string> {
	if (!isId(start.examId)) throw notFound('exam');
	const { examId, writer, accessCode = '', address } = start;
	const { personId } = ctx.actor;
	const tries = codeTries(examId, personId);
	const opened = await startTogether(ctx.db, { examId, personId, writer, accessCode, tries, address, at: ctx.now });
	if (opened) return opened;

	await demandCode(ctx, start);
	return atomically(ctx, (ctx) => startCarefully(ctx, start));
}

async function startCarefully(ctx: SignedIn, start: Start): Promise<string> {
	const { exam, candidate } = await lockOwnCandidate(ctx, start.examId);
	const attempts = await listOwnAttempts(ctx, exam.id);
	const open = attempts.find(({ state }) => state === 'open');
	if (open) {
		if (open.writer === start.writer) return open.id;
		if (exam.oneDevice) throw conflict('attempt.elsewhere');
		await takeOver(ctx, { attemptId: open.id, ...start });
		return open.id;
	}

	if (candidate.status === 'exempt') throw conflict('exam.exempt');
	const refusal = entryRefusal(ctx.now, { ...candidate, entryMinutes: exam.entryMinutes });
	if (refusal) throw conflict(refusal);
	await demandAddress(ctx, exam, start.address);
	const attempt = await takePrepared(ctx, exam, candidate, attempts);
	const deadlineAt = deadlineOf(ctx.now, { ...candidate, minutes: exam.minutes });
	await ctx.db
		.update(examAttempts)
		.set({ state: 'open', startedAt: ctx.now, deadlineAt, writer: start.writer })
		.where(eq(examAttempts.id, attempt.id));
	await record(ctx, 'attempt.started', attempt.id, { examId: exam.id, number: attempt.number });
	return attempt.id;
}

/**
 * The candidate's row is taken, so that two pages that start at once start one attempt; the exam's is held before it, in the
 * order of those who decide about candidates.
 */
async function lockOwnCandidate({ db, actor }: SignedIn, examId: string) {
	await db.select({ id: exams.id }).from(exams).where(eq(exams.id, examId)).for('key share');
	const [found] = await db
		.select({ exam: exams, candidate: examCandidates })
		.from(examCandidates)
		.innerJoin(exams, eq(exams.id, examCandidates.examId))
		.where(and(eq(examCandidates.examId, examId), eq(examCandidates.personId, actor.personId)))
		.for('update', { of: examCandidates });
	if (!found || found.exam.state === 'draft') throw notFound('exam');
	if (found.exam.state === 'cancelled') throw conflict('exam.cancelled');
	return found;
}

function listOwnAttempts({ db, actor }: SignedIn, examId: string): Promise<Attempt[]> {
	return db
		.select()
		.from(examAttempts)
		.where(and(eq(examAttempts.examId, examId), eq(examAttempts.personId, actor.personId)))
		.orderBy(desc(examAttempts.number));
}

type Candidacy = Awaited<ReturnType<typeof lockOwnCandidate>>;

/** The paper that lies ready; made now where the job has not come to it yet, or for a further attempt. */
async function takePrepared(
	ctx: SignedIn,
	exam: Candidacy['exam'],
	candidate: Candidacy['candidate'],
	attempts: Attempt[]
): Promise<Attempt> {
	const ready = attempts.find(({ state }) => state === 'prepared');
	if (ready) return ready;

	const [latest] = attempts;
	const used = attempts.filter(({ state }) => state !== 'voided').length;
	if (used >= exam.attempts) throw conflict('attempt.none-left');
	if (latest?.submittedAt) {
		const until = latest.submittedAt.getTime() + exam.waitMinutes * 60_000;
		const seconds = Math.ceil((until - ctx.now.getTime()) / 1000);
		if (seconds > 0)
			throw new DomainError('too-many', 'attempt.wait', { values: { seconds, minutes: Math.ceil(seconds / 60) } });
	}
	await prepareOne(ctx, exam.id, candidate, (latest?.number ?? 0) + 1);
	const [made] = await listOwnAttempts(ctx, exam.id);
	if (made?.state !== 'prepared') throw conflict('attempt.none-left');
	return made;
}
