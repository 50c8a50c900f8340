import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { examAnswers, examAttempts, examLateAnswers } from '#db/schema/exam-sittings.ts';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import type { SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { gathered } from '../../platform/gathered.ts';
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
 * What comes too late is kept unscored for an examiner to admit. Answers that come at the same moment are written together.
 * @throws not-found attempt.not-found, conflict attempt.superseded (the answer is kept all the same), invalid answer.unfit |
 *   answer.too-many-late
 */
export async function saveAnswer(ctx: SignedIn, save: SaveAnswer): Promise<Receipt> {
	const { attemptId, slot, revision, writer, flagged, response } = save;
	const row = response ? answerRow(response) : takenBack;
	const { personId } = ctx.actor;
	try {
		const written = { attemptId, slot, personId, writer, revision, at: ctx.now, flagged: flagged ?? null, ...row };
		if (await savedTogether(ctx.db, written)) return { slot, revision, at: ctx.now, counts: true };
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

/** What `saving` takes of each answer. */
interface Written extends Omit<AnswerRow, 'kind'> {
	attemptId: string;
	slot: number;
	personId: string;
	writer: string;
	revision: number;
	at: Date;
	flagged: boolean | null;
	kind: AnswerRow['kind'] | null;
}

/** Whether the answer was saved. Two for one slot never go together: each statement changes a row once. */
const savedTogether = gathered<Written, boolean>({
	keyOf: ({ attemptId, slot }) => `${attemptId} ${slot}`,
	atOnce: 2,
	askAll: async (db, answers) => {
		const given = JSON.stringify(answers.map((answer, n) => ({ n, ...answer })));
		const saved = new Set((await saving(db).execute({ given })).map(({ n }) => n));
		return answers.map((_, n) => saved.has(n));
	}
});

const given = {
	n: sql<number>`given.n`,
	attemptId: sql`given."attemptId"`,
	slot: sql`given.slot`,
	personId: sql`given."personId"`,
	writer: sql`given.writer`,
	revision: sql<number>`given.revision`,
	at: sql<Date>`given.at`,
	flagged: sql`given.flagged`,
	kind: sql`given.kind`,
	atLeast: sql`given."atLeast"`,
	atMost: sql`given."atMost"`,
	furthest: sql`given.furthest`,
	places: sql`given.places`,
	kept: sql`given.kept`
};
const answersGiven = sql`json_to_recordset(${sql.placeholder('given')}::json) as given (n int, "attemptId" uuid, slot smallint,
	"personId" uuid, writer text, revision int, at timestamptz, flagged boolean, kind text, "atLeast" int, "atMost" int, furthest int, places int[], kept text)`;

/** A question about one attempt at a time: joined, the planner would rather read all attempts than look for a hundred. */
const mayWrite = sql`(
	select person_id = ${given.personId} and state = 'open' and writer = ${given.writer}
		and deadline_at + make_interval(secs => ${sql.raw(String(graceSeconds))}) > ${given.at}
	from ${examAttempts} where id = ${given.attemptId})`;

const saving = pipelined((db) => {
	// The rows are taken in one order everywhere, so that nobody who takes many of them waits for somebody who waits for them.
	const fit = db.$with('fit').as(
		db
			.select({
				attemptId: examAnswers.attemptId,
				slot: examAnswers.slot,
				n: given.n.as('n'),
				response: keptAnswer(given, examAnswers).as('kept_response'),
				revision: given.revision.as('new_revision'),
				flagged: sql<boolean>`coalesce(${given.flagged}, ${examAnswers.flagged})`.as('new_flagged'),
				at: given.at.as('at')
			})
			.from(answersGiven)
			.innerJoin(examAnswers, and(eq(examAnswers.attemptId, given.attemptId), eq(examAnswers.slot, given.slot)))
			.where(
				and(
					mayWrite,
					sql`${examAnswers.revision} < ${given.revision}`,
					// Marking takes these rows: one that was waited for has its points, whatever the attempt looked like before.
					isNull(examAnswers.score),
					sql`(${given.kind} is null or ${isFit(given, examAnswers)})`
				)
			)
			.orderBy(asc(examAnswers.attemptId), asc(examAnswers.slot))
			.for('update', { of: examAnswers })
	);
	return db
		.with(fit)
		.update(examAnswers)
		.set({
			response: sql`${fit.response}`,
			revision: sql`${fit.revision}`,
			flagged: sql`${fit.flagged}`,
			savedAt: sql`${fit.at}`
		})
		.from(fit)
		.where(and(eq(examAnswers.attemptId, fit.attemptId), eq(examAnswers.slot, fit.slot)))
		.returning({ n: fit.n })
		.prepare('save_exam_answers');
});

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
