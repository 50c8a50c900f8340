import { asc, eq } from 'drizzle-orm';
import { practiceRoundQuestions } from '#db/schema/practice.ts';
import { questionVersions } from '#db/schema/questions.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { answerQuestion } from '#lib/server/practice/answer-question.ts';
import { beginRound } from '#lib/server/practice/begin-round.ts';
import { asShown } from '#lib/server/questions/shown-letters.ts';
import type { AskedQuestion } from '#lib/server/questions/stored-question.ts';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import { rightAnswer, wrongAnswer } from './answers.ts';

/** The questions of a round in order, with what the person would send to answer each rightly and wrongly. */
export async function roundOf({ db }: SignedIn, roundId: string) {
	const rows = await db
		.select({ asked: practiceRoundQuestions, content: questionVersions.content })
		.from(practiceRoundQuestions)
		.innerJoin(questionVersions, eq(questionVersions.id, practiceRoundQuestions.questionVersionId))
		.where(eq(practiceRoundQuestions.roundId, roundId))
		.orderBy(asc(practiceRoundQuestions.position));
	return rows.map(({ asked, content }) => {
		const question = content as AskedQuestion;
		const shown = (answer: ReturnType<typeof rightAnswer>) => asShown(answer, asked.optionOrder) as GivenAnswer;
		return {
			...asked,
			right: shown(rightAnswer(question, asked.parameters ?? {})),
			wrong: shown(wrongAnswer(question))
		};
	});
}

/** One whole round, its first `wrong` questions answered wrongly. */
export async function aRound(ctx: SignedIn, about: string, { wrong = 0 } = {}): Promise<string> {
	const roundId = await beginRound(ctx, { about });
	for (const { position, ...answers } of await roundOf(ctx, roundId)) {
		const answer = position <= wrong ? answers.wrong : answers.right;
		await answerQuestion(ctx, { roundId, position, unknown: false, answer });
	}
	return roundId;
}
