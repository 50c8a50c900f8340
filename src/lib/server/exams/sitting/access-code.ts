import { and, eq, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { examAttempts } from '#db/schema/exam-sittings.ts';
import { exams } from '#db/schema/exams.ts';
import type { SignedIn } from '../../platform/context.ts';
import { invalid, tooMany } from '../../platform/errors.ts';
import { countAgainst, forgive, secondsToWait, triesOf } from '../../sessions/throttle.ts';
import type { Start } from './start-attempt.ts';

const own = (examId: string, personId: string) => triesOf(`access code of ${examId} by ${personId}`);

/** Under which a person's wrong access codes of an exam are counted. */
export const codeTries = (examId: string, personId: string): string => own(examId, personId).key;

/**
 * Looks at the access code of an exam that has one. Wrong codes slow the next try of the same person in the same exam and never
 * lock: everybody else, and every other exam, goes on. Outside the transaction of the start, which a wrong code ends.
 * @throws invalid exam.access-code; too-many exam.access-code-too-soon with `seconds`
 */
export async function demandCode(ctx: SignedIn, { examId, accessCode = '' }: Start): Promise<void> {
	const { personId } = ctx.actor;
	const code = await findCode(ctx, examId);
	if (code === null) return;
	const tries = own(examId, personId);
	const seconds = await secondsToWait(ctx, [tries.key]);
	if (seconds > 0) throw tooMany('exam.access-code-too-soon', seconds);
	if (accessCode.trim().toLowerCase() === code.toLowerCase()) return forgive(ctx, tries);
	await countAgainst(ctx, tries);
	throw invalid('exam.access-code', { field: 'accessCode' });
}

/** The code that the actor has to know; null where there is none, or a paper is open and needs none to go on. */
async function findCode({ db, actor, now }: SignedIn, examId: string): Promise<string | null> {
	const [found] = await db
		.select({ code: exams.accessCode })
		.from(examCandidates)
		.innerJoin(exams, eq(exams.id, examCandidates.examId))
		.where(
			and(
				eq(examCandidates.examId, examId),
				eq(examCandidates.personId, actor.personId),
				eq(examCandidates.status, 'due'),
				eq(exams.state, 'published'),
				sql`${examCandidates.opensAt} <= ${now}`,
				sql`not exists (
					select 1 from ${examAttempts} t
					where t.exam_id = ${exams.id} and t.person_id = ${examCandidates.personId} and t.state = 'open')`
			)
		);
	return found?.code ?? null;
}
