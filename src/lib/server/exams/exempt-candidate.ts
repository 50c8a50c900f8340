import { and, eq, inArray } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAnswers, examAttempts } from '#db/schema/exam-sittings.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { enqueue } from '../platform/enqueue.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { type CandidateAddress, listAttempts, lockCandidate } from './lock-candidate.ts';
import { settleCandidates } from './settle-candidates.ts';

/**
 * Exempts a candidate (免考) who has not begun. The reason is for the person and for those who decide; it is never printed.
 * @throws conflict exam.exempt | attempt.begun | exam.not-published; forbidden access.own-case; not-found
 */
export function exemptCandidate(ctx: SignedIn, input: CandidateAddress & { because: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandNotOwn(ctx, input.personId);
		const { candidate } = await lockCandidate(ctx, input);
		if (candidate.status === 'exempt') throw conflict('exam.exempt');
		const attempts = await listAttempts(ctx, input);
		if (attempts.some(({ state }) => state !== 'prepared' && state !== 'voided')) throw conflict('attempt.begun');

		await discardPrepared(
			ctx,
			attempts.flatMap(({ id, state }) => (state === 'prepared' ? [id] : []))
		);
		await ctx.db
			.update(examCandidates)
			.set({ status: 'exempt', exemptBecause: input.because, outcome: null, score: null, excellent: false })
			.where(theOne(input));
		await record(ctx, 'candidate.exempted', input.personId, { examId: input.examId });
	});
}

/**
 * Takes an exemption back: the person is due to sit again.
 * @throws conflict exam.not-exempt | exam.not-published; not-found
 */
export function revokeExemption(ctx: SignedIn, input: CandidateAddress): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { exam, candidate } = await lockCandidate(ctx, input);
		if (candidate.status !== 'exempt') throw conflict('exam.not-exempt');
		await ctx.db.update(examCandidates).set({ status: 'due', exemptBecause: null }).where(theOne(input));
		await record(ctx, 'candidate.exemption-revoked', input.personId, { examId: input.examId });
		await enqueue(ctx, 'exams.prepare-papers', { examId: exam.id }, { key: `exams.prepare-papers ${exam.id}` });
		await settleCandidates(ctx, exam.id, [input.personId]);
	});
}

const theOne = ({ examId, personId }: CandidateAddress) =>
	and(eq(examCandidates.examId, examId), eq(examCandidates.personId, personId));

/** A paper that nobody has seen is no fact worth keeping. */
async function discardPrepared({ db }: SignedIn, attemptIds: string[]): Promise<void> {
	if (attemptIds.length === 0) return;
	await db.delete(examAnswers).where(inArray(examAnswers.attemptId, attemptIds));
	await db.delete(examAttempts).where(inArray(examAttempts.id, attemptIds));
}
