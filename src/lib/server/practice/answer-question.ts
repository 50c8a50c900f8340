import { and, eq, type SQL, sql } from 'drizzle-orm';
import { practiceRoundQuestions, practiceRounds } from '#db/schema/practice.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import type { AnswerQuestion } from '#lib/schemas/practice.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { disclose } from '../questions/disclose.ts';
import { answerRow, isFit, keptAnswer } from '../questions/kept-answer.ts';
import { type Answer, scoreAnswer } from '../questions/score-answer.ts';
import { isUnanswered } from '../questions/shown-letters.ts';
import type { AskedQuestion } from '../questions/stored-question.ts';
import { isBeingSat } from './askable.ts';
import { keepAnswers } from './keep-answers.ts';

/**
 * Answers a question of the actor's own round, or says that they do not know; both settle it, and its explanation may be
 * seen from then on. The first answer stands. Gives back its position. Writes no line of audit.
 * @throws invalid practice.unanswered | answer.unfit, conflict practice.being-sat, not-found practice-round.not-found
 */
export function answerQuestion(
	ctx: SignedIn,
	{ roundId, position, unknown, answer }: AnswerQuestion
): Promise<{ roundId: string; position: number }> {
	return atomically(ctx, async (ctx) => {
		const place = { roundId, position };
		const asked = await lockQuestion(ctx, place);
		if (asked.answeredAt) return place;
		if (asked.isBeingSat) throw conflict('practice.being-sat');
		if (!unknown && isUnanswered(answer)) throw invalid('practice.unanswered', { field: 'answer' });

		const { personId } = ctx.actor;
		const { questionId, questionVersionId, parameters } = asked;
		const response = answer && !unknown ? await inStatedLetters(ctx, place, answer) : null;
		const correct = scoreAnswer(asked.content as AskedQuestion, response ?? undefined, parameters ?? {});
		const marked = { response, correct, answeredAt: ctx.now };
		await ctx.db.update(practiceRoundQuestions).set(marked).where(at(place));

		const known = { personId, questionId, questionVersionId, parameters, response, correct };
		await keepAnswers(ctx, [{ ...known, source: 'practice', at: ctx.now }]);
		await disclose(ctx, [questionId]);
		return place;
	});
}

type Place = Pick<AnswerQuestion, 'roundId' | 'position'>;

const at = ({ roundId, position }: Place) =>
	and(eq(practiceRoundQuestions.roundId, roundId), eq(practiceRoundQuestions.position, position));

async function lockQuestion({ db, actor }: SignedIn, place: Place) {
	const [asked] = await db
		.select({
			questionId: practiceRoundQuestions.questionId,
			questionVersionId: practiceRoundQuestions.questionVersionId,
			content: questionVersions.content,
			parameters: practiceRoundQuestions.parameters,
			answeredAt: practiceRoundQuestions.answeredAt,
			isBeingSat: sql<boolean>`${isBeingSat(practiceRoundQuestions.questionId, actor.personId)}`
		})
		.from(practiceRoundQuestions)
		.innerJoin(practiceRounds, eq(practiceRounds.id, practiceRoundQuestions.roundId))
		.innerJoin(questionVersions, eq(questionVersions.id, practiceRoundQuestions.questionVersionId))
		.where(and(at(place), eq(practiceRounds.personId, actor.personId)))
		.for('update', { of: practiceRoundQuestions });
	if (!asked) throw notFound('practice-round');
	return asked;
}

/** The answer as it is kept, if it fits the question that was put. */
async function inStatedLetters({ db }: SignedIn, place: Place, answer: GivenAnswer): Promise<Answer> {
	const { kind, atLeast, atMost, furthest, places, kept } = answerRow(answer);
	const given = {
		kind: sql`${kind}`,
		atLeast: sql`${atLeast}`,
		atMost: sql`${atMost}`,
		furthest: sql`${furthest}::int`,
		places: sql`${sql.param(places)}`,
		kept: sql`${kept}`
	} satisfies Record<string, SQL>;
	const [row] = await db
		.select({ response: sql<Answer>`${keptAnswer(given, practiceRoundQuestions)}` })
		.from(practiceRoundQuestions)
		.where(and(at(place), isFit(given, practiceRoundQuestions)));
	if (!row) throw invalid('answer.unfit');
	return row.response;
}
