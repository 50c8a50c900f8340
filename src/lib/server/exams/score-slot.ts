import type { exams } from '#db/schema/exams.ts';
import type { ParameterValues } from '../questions/parameters.ts';
import { type Answer, pointsFor, scoreShare } from '../questions/score-answer.ts';
import type { AskedQuestion } from '../questions/stored-question.ts';

/** The rules of an exam by which answers get their points. */
export type Scoring = { multiple: (typeof exams.$inferSelect)['multipleScoring'] };

/** A slot with what was answered in it. */
export interface AnsweredSlot {
	content: AskedQuestion;
	points: number;
	parameters: ParameterValues | null;
	response: Answer | null;
}

/**
 * Points for one answer: the slot's points times the share that is right, to two decimals half up. An unanswered slot gives
 * none. Undefined where a person has to mark it.
 */
export function scoreSlot(
	{ content, points, parameters, response }: AnsweredSlot,
	{ multiple }: Scoring
): number | undefined {
	if (response === null) return 0;
	const share = scoreShare(content, response, parameters ?? {}, { multiple });
	return share === undefined ? undefined : pointsFor(share, points);
}

/** Kinds that are answered in words and marked by a person. */
export const writtenKinds = ['short-answer', 'essay'] as const;

export const isWritten = (kind: string): boolean => (writtenKinds as readonly string[]).includes(kind);
