import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { examAppeals, examKeyChanges } from '#db/schema/exam-marking.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { Context } from '../../platform/context.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import type { KeyPolicy } from './mended-score.ts';

/** How the answers to a question are scored since its key was mended. */
export interface MendedKey {
	policy: KeyPolicy;
	content: AskedQuestion;
}

/** The mended keys of exams by `keyOf` exam and question; the newest change of a question holds. */
export async function readMendedKeys({ db }: Context, examIds: readonly string[]): Promise<Map<string, MendedKey>> {
	const rows = await db
		.selectDistinctOn([examKeyChanges.examId, examKeyChanges.questionId], {
			examId: examKeyChanges.examId,
			questionId: examKeyChanges.questionId,
			policy: examKeyChanges.policy,
			content: questionVersions.content
		})
		.from(examKeyChanges)
		.innerJoin(questionVersions, eq(questionVersions.id, examKeyChanges.toVersionId))
		.where(inArray(examKeyChanges.examId, [...examIds]))
		.orderBy(examKeyChanges.examId, examKeyChanges.questionId, desc(examKeyChanges.changedAt), desc(examKeyChanges.id));
	return new Map(
		rows.map(({ examId, questionId, policy, content }) => [
			keyOf(examId, questionId),
			{ policy, content: content as AskedQuestion }
		])
	);
}

/** Names a question in an exam. */
export const keyOf = (examId: string, questionId: string): string => `${examId} ${questionId}`;

/** A change that is about to stand. */
export type PendingChange = { questionId: string; policy: KeyPolicy };

/**
 * SQL: whether the question of answer `a` was dropped from the exam of attempt `t`. The newest change of its key decides; one that
 * is about to stand comes first.
 */
export function isDropped(pending?: PendingChange): SQL {
	const standing = sql`(t.exam_id, a.question_id) in (
		select k.exam_id, k.question_id from (
			select distinct on (exam_id, question_id) exam_id, question_id, policy from exam_key_changes
			order by exam_id, question_id, changed_at desc, id desc) k
		where k.policy = 'drop-question')`;
	return pending
		? sql`case when a.question_id = ${pending.questionId}::uuid then ${pending.policy === 'drop-question'}::boolean else ${standing} end`
		: standing;
}

/** Points that appeals have given for single answers, by attempt and slot: a mended key does not take them back. */
export async function readUpheld({ db }: Context, attemptIds: readonly string[]): Promise<Map<string, number>> {
	const rows = await db
		.select({ attemptId: examAppeals.attemptId, slot: examAppeals.slot, score: examAppeals.scoreAfter })
		.from(examAppeals)
		.where(and(eq(examAppeals.upheld, true), sql`${examAppeals.attemptId} = any (${sql.param(attemptIds)}::uuid[])`))
		.orderBy(asc(examAppeals.answeredAt));
	return new Map(rows.map(({ attemptId, slot, score }) => [`${attemptId} ${slot}`, score ?? 0]));
}
