import { sql } from 'drizzle-orm';
import { type Accommodation, accommodate } from '../../exams/accommodate.ts';
import { exemptCandidate, revokeExemption } from '../../exams/exempt-candidate.ts';
import { lockCandidate } from '../../exams/lock-candidate.ts';
import { oneByOne, type HandlerOf } from '../handler.ts';
import { refusalsBy } from '../refusals.ts';

const candidate = (examId: string) =>
	sql`left join exam_candidates c on c.person_id = t.id and c.exam_id = ${examId}::uuid`;
const hasBegun = sql`exists (select 1 from exam_attempts a where a.exam_id = c.exam_id and a.person_id = c.person_id and a.state not in ('prepared', 'voided'))`;

/** 免考 of candidates who have not begun; taken back, they are due to sit. */
export const exemptCandidates: HandlerOf<'exempt-candidate'> = {
	ability: 'exam:edit',
	size: 50,
	refusals: (ctx, ids, _, of) =>
		refusalsBy(ctx, ids, candidate(of), [
			[sql`c.status = 'exempt'`, 'exam.exempt'],
			[hasBegun, 'attempt.begun']
		]),
	act: (ctx, rows, { reason }, { of }) =>
		oneByOne(ctx, rows, (ctx, { personId }) => exemptCandidate(ctx, { examId: of, personId, because: reason })),
	undo: (ctx, rows, _, { of }) =>
		oneByOne(ctx, rows, (ctx, { personId }) => revokeExemption(ctx, { examId: of, personId }))
};

/** Extra time and pauses; taken back, they have what they had. */
export const giveExtraTime: HandlerOf<'extra-time'> = {
	ability: 'exam:edit',
	size: 50,
	refusals: (ctx, ids, _, of) => refusalsBy(ctx, ids, candidate(of), [[sql`c.status = 'exempt'`, 'exam.exempt']]),
	act: (ctx, rows, { extraMinutes, pauseMinutes, reason }, { of }) =>
		oneByOne(ctx, rows, async (ctx, { personId }) => {
			const { candidate: before } = await lockCandidate(ctx, { examId: of, personId });
			await accommodate(ctx, { examId: of, personId, extraMinutes, pauseMinutes, because: reason });
			const { accommodatedBecause: because } = before;
			return { extraMinutes: before.extraMinutes, pauseMinutes: before.pauseMinutes, because };
		}),
	undo: (ctx, rows, _, { of }) =>
		oneByOne(ctx, rows, (ctx, { personId, made }) =>
			accommodate(ctx, { ...(made as Omit<Accommodation, 'examId' | 'personId'>), examId: of, personId })
		)
};
