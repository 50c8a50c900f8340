import { and, asc, desc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { practiceRoundQuestions, practiceRounds } from '#db/schema/practice.ts';
import { questionVersions } from '#db/schema/questions.ts';
import { statutes } from '#db/schema/statutes.ts';
import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { reviewQuestion } from '../questions/review-question.ts';
import type { Answer } from '../questions/score-answer.ts';
import { showQuestion } from '../questions/show-question.ts';
import type { AskedQuestion, StoredCase } from '../questions/stored-question.ts';
import { readAbout } from './about.ts';
import { type CitedArticle, listCitedArticles } from './cited-articles.ts';

export type RoundPage = Awaited<ReturnType<typeof readRound>>;

/**
 * The actor's own round as its page shows it: a question to answer, an answered one with its solution, or the summary. Without
 * an id the latest; null where there is none.
 * @param at the position asked for, or `end`; else the first question that is not answered
 * @throws not-found practice-round.not-found
 */
export async function readRound(ctx: SignedIn, roundId: string | null, at: string | null) {
	const round = await findRound(ctx, roundId);
	if (!round) return null;

	const asked = await listAsked(ctx, round.id);
	const current =
		at === 'end' ? undefined : (asked.find(({ position }) => String(position) === at) ?? firstOpen(asked));
	const common = { id: round.id, about: round.about, law: await lawOf(ctx, round.about), count: asked.length };
	if (!current) return { ...common, state: 'over' as const, ...(await summarise(ctx, asked)) };

	const { position } = current;
	if (!current.answeredAt) return { ...common, state: 'asking' as const, position, question: showQuestion(current) };
	const cited = await listCitedArticles(ctx, [current.versionId]);
	return {
		...common,
		state: 'answered' as const,
		position,
		question: reviewQuestion(current),
		articles: cited.get(current.versionId) ?? [],
		/** The next one to answer, further on or left out before. */
		next: (asked.slice(position).find(isOpen) ?? firstOpen(asked))?.position ?? null
	};
}

type Asked = Awaited<ReturnType<typeof listAsked>>[number];

const isOpen = ({ answeredAt }: Asked) => !answeredAt;
const firstOpen = (asked: Asked[]) => asked.find(isOpen);

async function findRound({ db, actor }: SignedIn, roundId: string | null) {
	if (roundId && !isId(roundId)) throw notFound('practice-round');
	const [round] = await db
		.select()
		.from(practiceRounds)
		.where(and(eq(practiceRounds.personId, actor.personId), roundId ? eq(practiceRounds.id, roundId) : undefined))
		.orderBy(desc(practiceRounds.openedAt), desc(practiceRounds.id))
		.limit(1);
	if (roundId && !round) throw notFound('practice-round');
	return round;
}

const cases = alias(questionVersions, 'case_versions');

async function listAsked({ db }: SignedIn, roundId: string) {
	const rows = await db
		.select({
			position: practiceRoundQuestions.position,
			versionId: practiceRoundQuestions.questionVersionId,
			content: questionVersions.content,
			situation: cases.content,
			parameters: practiceRoundQuestions.parameters,
			optionOrder: practiceRoundQuestions.optionOrder,
			response: practiceRoundQuestions.response,
			answeredAt: practiceRoundQuestions.answeredAt,
			correct: practiceRoundQuestions.correct
		})
		.from(practiceRoundQuestions)
		.innerJoin(questionVersions, eq(questionVersions.id, practiceRoundQuestions.questionVersionId))
		.leftJoin(cases, eq(cases.id, practiceRoundQuestions.caseVersionId))
		.where(eq(practiceRoundQuestions.roundId, roundId))
		.orderBy(asc(practiceRoundQuestions.position));
	return rows.map((row) => ({
		...row,
		content: row.content as AskedQuestion,
		situation: row.situation as StoredCase | null,
		response: row.response as Answer | null
	}));
}

async function lawOf({ db }: SignedIn, about: string) {
	const read = readAbout(about);
	if (!('statute' in read)) return null;
	const [law] = await db.select({ short: statutes.short }).from(statutes).where(eq(statutes.slug, read.statute));
	return law?.short ?? null;
}

/** What the round came to: how many were right, and the articles of those that were not. */
async function summarise(ctx: SignedIn, asked: Asked[]) {
	const answered = asked.filter((question) => !isOpen(question));
	const wrong = answered.filter(({ correct }) => !correct);
	const cited = await listCitedArticles(
		ctx,
		wrong.map(({ versionId }) => versionId)
	);
	const reread = new Map<string, CitedArticle & { positions: number[] }>();
	for (const { versionId, position } of wrong) {
		for (const article of cited.get(versionId) ?? []) {
			const key = `${article.statute}/${article.number}`;
			reread.set(key, { ...article, positions: [...(reread.get(key)?.positions ?? []), position] });
		}
	}
	return {
		answered: answered.length,
		right: answered.length - wrong.length,
		reread: [...reread.values()],
		open: firstOpen(asked)?.position ?? null
	};
}
