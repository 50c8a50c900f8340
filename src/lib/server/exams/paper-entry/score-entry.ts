import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import { examMarks } from '#db/schema/exam-marking.ts';
import { examAnswers } from '#db/schema/exam-sittings.ts';
import type { SignedIn } from '../../platform/context.ts';
import { conflict, invalid } from '../../platform/errors.ts';
import type { SlotScore } from '../marking/keep-scores.ts';
import { keyOf, readMendedKeys, readUpheld } from '../marking/key-changes.ts';
import { lateMarking } from '../marking/late-marking.ts';
import type { Attempt } from '../marking/lock-attempt.ts';
import { mendedScore } from '../marking/mended-score.ts';
import { lockAnswers, type MarkedAnswer } from '../marking/read-answers.ts';
import type { Exam } from '../queries.ts';
import { scoreSlot } from '../score-slot.ts';
import type { TakenDown } from './take-down.ts';

interface Entry {
	exam: Exam;
	attempt: Attempt;
	taken: TakenDown;
	isCorrection: boolean;
}

/** What an entry is worth, and the written answers in it that are to be marked anew. */
interface Scored {
	scores: SlotScore[];
	waiting: number[];
}

/**
 * Points for every answer of an entry, by the key that holds now, or as they stand on the paper. Words without points wait for
 * their markers; words that were marked before and read otherwise now need points. What an appeal has given is not taken back.
 * @throws conflict entry.being-marked, invalid entry.points-missing
 */
export async function scoreEntry(ctx: SignedIn, { exam, attempt, taken, isCorrection }: Entry): Promise<Scored> {
	const answers = await lockAnswers(ctx, eq(examAnswers.attemptId, attempt.id));
	const mended = await readMendedKeys(ctx, [exam.id]);
	const upheld = await readUpheld(ctx, [attempt.id]);
	const marks = isCorrection ? await countMarks(ctx, attempt.id) : new Map<number, number>();
	const scoring = { multiple: exam.multipleScoring };

	const waiting: number[] = [];
	const scores = answers.flatMap((answer) => {
		const { slot } = answer;
		const response = taken.entry.answers[slot] ?? null;
		const key = mended.get(keyOf(exam.id, answer.questionId));
		const now = { ...answer, response };
		const score =
			taken.given.get(slot) ?? (key ? mendedScore(now, key.content, key.policy, scoring) : scoreSlot(now, scoring));
		const isNew = isCorrection && !isDeepStrictEqual(response, answer.response);
		if (score !== undefined) {
			if (isCorrection && (marks.get(slot) ?? 0) > 0 && answer.score === null) throw beingMarked(slot);
			return [{ attemptId: attempt.id, slot, score: Math.max(score, granted(slot)) }];
		}
		if (isNew) {
			demandMarkable(answer, attempt, marks.get(slot) ?? 0);
			waiting.push(slot);
		}
		return [];
	});
	return { scores, waiting };

	function granted(slot: number): number {
		return upheld.get(`${attempt.id} ${slot}`) ?? 0;
	}
}

const beingMarked = (slot: number) => conflict('entry.being-marked', { values: { slot } });

function demandMarkable(answer: MarkedAnswer, attempt: Attempt, marks: number): void {
	const marking = lateMarking({ answer: { kind: answer.content.kind, score: answer.score }, attempt, marks });
	if (marking === 'being-marked') throw beingMarked(answer.slot);
	if (marking === 'by-examiner') throw invalid('entry.points-missing', { values: { slots: answer.slot } });
}

async function countMarks({ db }: SignedIn, attemptId: string): Promise<Map<number, number>> {
	const rows = await db.select({ slot: examMarks.slot }).from(examMarks).where(eq(examMarks.attemptId, attemptId));
	return new Map([...Map.groupBy(rows, ({ slot }) => slot)].map(([slot, marks]) => [slot, marks.length]));
}
