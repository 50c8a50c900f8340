import { and, eq } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { type CandidateAddress, listAttempts, lockCandidate } from './lock-candidate.ts';
import { settleCandidates } from './settle-candidates.ts';
import { deadlineOf } from './sitting/sitting-time.ts';

export interface Accommodation extends CandidateAddress {
	extraMinutes: number;
	pauseMinutes: number;
	/** Null only where both are taken back. */
	because: string | null;
}

/**
 * Gives a candidate extra time and pauses, or takes them back; also while the person is sitting: the deadline moves with it.
 * @throws conflict exam.not-published; forbidden access.own-case; not-found
 */
export function accommodate(ctx: SignedIn, input: Accommodation): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandNotOwn(ctx, input.personId);
		const { exam, candidate } = await lockCandidate(ctx, input);
		const { extraMinutes, pauseMinutes, because } = input;
		await ctx.db
			.update(examCandidates)
			.set({ extraMinutes, pauseMinutes, accommodatedBecause: because })
			.where(and(eq(examCandidates.examId, exam.id), eq(examCandidates.personId, candidate.personId)));

		const open = (await listAttempts(ctx, input)).find(({ state }) => state === 'open');
		if (open?.startedAt) {
			const start = deadlineOf(open.startedAt, { closesAt: candidate.closesAt, minutes: exam.minutes, extraMinutes });
			const deadlineAt = new Date(start.getTime() + open.pausedSeconds * 1000);
			await ctx.db.update(examAttempts).set({ deadlineAt }).where(eq(examAttempts.id, open.id));
		}
		await settleCandidates(ctx, exam.id, [input.personId]); // whoever may still come is not absent
		await record(ctx, 'candidate.accommodated', input.personId, { examId: exam.id, extraMinutes, pauseMinutes });
	});
}
