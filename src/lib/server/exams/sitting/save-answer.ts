import { isDeepStrictEqual } from 'node:util';
import { and, eq, sql } from 'drizzle-orm';
import { examAnswers, examAttempts, examLateAnswers } from '#db/schema/exams.ts';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import type { SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { pipelined } from '../../platform/prepared.ts';
import { type AnswerRow, answerRow, isFit, keptAnswer } from '../../questions/kept-answer.ts';
import { asStated, isUnanswered } from '../../questions/shown-letters.ts';
import { graceSeconds } from './sitting-time.ts';

export interface SaveAnswer {
	attemptId: string;
	slot: number;
	/** Grows with every change of this answer on its page. */
	revision: number;
	/** The page that writes. */
	writer: string;
	/** In the letters shown; null takes the answer back. */
	response: GivenAnswer | null;
	flagged?: boolean | undefined;
}

/** The server's word that a revision is kept; `counts` is false where only an examiner can let it count. */
export type Receipt = { slot: number; revision: number; at: Date; counts: boolean };

/**
 * Saves one answer of the actor's open attempt. One statement decides whose attempt it is, whether it is open and in time,
 * whether this page may write, and whether the answer fits what was asked. The same revision sent again gives the same receipt;
 * an older one changes nothing. Another answer under a number that is taken is kept under the next: its receipt names that.
 * What comes too late is kept unscored for an examiner to admit.
 * @throws not-found attempt.not-found, conflict attempt.superseded (the answer is kept all the same), invalid answer.unfit |
 *   answer.too-many-late
 */
export async function saveAnswer(ctx: SignedIn, save: SaveAnswer): Promise<Receipt> {
	const { attemptId, slot, revision, writer, flagged } = save;
	const row = save.response ? answerRow(save.response) : takenBack;
	const values = {
		attemptId,
		slot,
		personId: ctx.actor.personId,
		writer,
		revision,
		at: ctx.now,
		flagged: flagged ?? null
	};
	try {
		const [saved] = await saving(ctx.db).execute({ ...values, ...row });
		if (saved) return { slot, revision, at: saved.at!, counts: true };
	} catch (error) {
		if (!isClosedMeanwhile(error)) throw error;
	}
	return keepOrRefuse(ctx, save);
}

/** Kept of one attempt at most: what an examiner looks through, not what a script can send. */
const mostLate = 500;

/** No answer any more, whatever the kind. */
const takenBack: Omit<AnswerRow, 'kind'> & { kind: null } = {
	kind: null,
	atLeast: 1,
	atMost: 1,
	furthest: 0,
	places: null,
	kept: null
};

/** The attempt was handed in between the look and the write: the trigger exam_answers_closed says so. */
function isClosedMeanwhile(error: unknown): boolean {
	for (let cause = error; cause instanceof Error; cause = cause.cause)
		if ('code' in cause && cause.code === '23001') return true;
	return false;
}

const { placeholder } = sql;
const given = {
	kind: placeholder('kind'),
	atLeast: placeholder('atLeast'),
	atMost: placeholder('atMost'),
	furthest: placeholder('furthest'),
	places: placeholder('places'),
	kept: placeholder('kept')
};

const saving = pipelined((db) =>
	db
		.update(examAnswers)
		.set({
			response: keptAnswer(given, examAnswers),
			revision: sql`${placeholder('revision')}::int`,
			flagged: sql`coalesce(${placeholder('flagged')}::boolean, ${examAnswers.flagged})`,
			savedAt: sql`${placeholder('at')}::timestamptz`
		})
		.from(examAttempts)
		.where(
			and(
				eq(examAttempts.id, placeholder('attemptId')),
				eq(examAttempts.personId, placeholder('personId')),
				eq(examAttempts.state, 'open'),
				eq(examAttempts.writer, placeholder('writer')),
				sql`${examAttempts.deadlineAt} + make_interval(secs => ${sql.raw(String(graceSeconds))}) > ${placeholder('at')}::timestamptz`,
				eq(examAnswers.attemptId, examAttempts.id),
				eq(examAnswers.slot, placeholder('slot')),
				sql`${examAnswers.revision} < ${placeholder('revision')}::int`,
				// Marking takes these rows: one that was waited for has its points, whatever the attempt looked like before.
				sql`${examAnswers.score} is null`,
				sql`(${given.kind}::text is null or ${isFit(given, examAnswers)})`
			)
		)
		.returning({ at: examAnswers.savedAt })
		.prepare('save_exam_answer')
);

/** Nothing was saved: because it had been, or came too late, or from a page that may write no more, or fits nothing asked. */
async function keepOrRefuse(ctx: SignedIn, save: SaveAnswer): Promise<Receipt> {
	const { attemptId, slot, revision, writer, response } = save;
	const [found] = await ctx.db
		.select({ attempt: examAttempts, answer: examAnswers })
		.from(examAttempts)
		.innerJoin(examAnswers, and(eq(examAnswers.attemptId, examAttempts.id), eq(examAnswers.slot, slot)))
		.where(and(eq(examAttempts.id, attemptId), eq(examAttempts.personId, ctx.actor.personId)));
	if (!found || found.attempt.state === 'prepared') throw notFound('attempt');
	const { attempt, answer } = found;

	const isOwnPage = attempt.writer === writer;
	// Another change got this number first, such as the last one of a page that was taken over from: this one comes after it.
	if (isOwnPage && revision === answer.revision && attempt.state === 'open' && differs(save.response, answer))
		return saveAnswer(ctx, { ...save, revision: revision + 1 });
	if (isOwnPage && revision <= answer.revision)
		return { slot, revision: answer.revision, at: answer.savedAt!, counts: true };
	const isOpen = attempt.state === 'open' && ctx.now.getTime() < attempt.deadlineAt!.getTime() + graceSeconds * 1000;
	if (isOpen && isOwnPage) throw invalid('answer.unfit');

	const known = await ctx.db.$count(examLateAnswers, eq(examLateAnswers.attemptId, attemptId));
	if (known >= mostLate) throw invalid('answer.too-many-late');
	const reason = isOpen ? 'superseded' : 'late';
	await ctx.db
		.insert(examLateAnswers)
		.values({
			id: newId(),
			attemptId,
			slot,
			response: response && asStated(response, answer.optionOrder),
			revision,
			writer,
			reason,
			receivedAt: ctx.now
		})
		.onConflictDoNothing();
	if (reason === 'superseded') throw conflict('attempt.superseded');
	return { slot, revision, at: ctx.now, counts: false };
}

type Kept = Pick<typeof examAnswers.$inferSelect, 'response' | 'optionOrder'>;

/** Whether an answer says something else than the one that is kept. */
function differs(given: GivenAnswer | null, { response, optionOrder }: Kept): boolean {
	const stated = given && !isUnanswered(given) ? asStated(given, optionOrder) : null;
	return !isDeepStrictEqual(stated, response);
}
