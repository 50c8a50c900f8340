import { type SQL, sql } from 'drizzle-orm';
import { practiceAnswers, practiceCards } from '#db/schema/practice.ts';
import { questionArticles, questions, questionVersions } from '#db/schema/questions.ts';
import { articles } from '#db/schema/statutes.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { type Pinned, pinQuestion } from '../questions/pin-question.ts';
import type { AskedQuestion } from '../questions/stored-question.ts';
import type { About } from './about.ts';
import { askable } from './askable.ts';
import { endOfToday } from './due.ts';
import { weakArticleIds } from './mastery.ts';
import { wrongBook } from './wrong-book.ts';

/** How many questions a round has at most: reviews should be done with, the rest can be had again. */
const most = { due: 20, other: 10 };

export interface RoundQuestion extends Pinned {
	questionId: string;
	questionVersionId: string;
	caseVersionId: string | null;
}

type Row = { id: string; versionId: string; caseVersionId: string | null; content: AskedQuestion };

/**
 * Draws the questions of a round: what has been due longest, else first what the actor has never answered, then what they
 * answered longest ago. The same seed draws the same.
 */
export async function drawRound(ctx: SignedIn, about: About, seed: string): Promise<RoundQuestion[]> {
	const { db, actor, now } = ctx;
	const { personId } = actor;
	const order = about.of === 'due' ? sql`card.due_at, lot` : sql`answered_at nulls first, lot`;
	const { rows } = await db.execute<Row>(sql`
		select ${questions.id} as id, version.id as "versionId", parent.current_version_id as "caseVersionId", version.content,
			(select max(a.at) from ${practiceAnswers} a where a.person_id = ${personId} and a.question_id = ${questions.id}) as answered_at,
			md5(${questions.id}::text || ${seed}) as lot
		from ${questions}
		join ${questionVersions} version on version.id = ${questions.currentVersionId}
		left join ${questions} parent on parent.id = ${questions.caseId}
		left join ${practiceCards} card on card.person_id = ${personId} and card.question_id = ${questions.id}
		where ${askable(questions, { personId, today: dateOf(now) })} and ${drawnFrom(about, personId, now)}
		order by ${order} limit ${about.of === 'due' ? most.due : most.other}`);
	return rows.map(({ id, versionId, caseVersionId, content }) => ({
		questionId: id,
		questionVersionId: versionId,
		caseVersionId,
		...pinQuestion({ id, content }, seed)
	}));
}

function drawnFrom(about: About, personId: string, now: Date): SQL {
	switch (about.of) {
		case 'due':
			return sql`card.due_at < ${endOfToday(now)} and card.dismissed_at is null`;
		case 'wrong':
			return sql`card.dismissed_at is null and ${questions.id} in (select book.question_id from ${wrongBook(personId)} book)`;
		case 'weak':
			return sql`${questions.currentVersionId} in (
				select qa.version_id from ${questionArticles} qa where qa.article_id in ${weakArticleIds(personId)})`;
		case 'law':
			return restsOn(sql`article.statute = ${about.statute}`);
		case 'chapter':
			return restsOn(sql`article.statute = ${about.statute} and article.chapter = ${about.chapter}`);
		case 'article':
			return restsOn(sql`article.statute = ${about.statute} and article.number = ${about.article}`);
	}
}

const restsOn = (which: SQL): SQL => sql`${questions.currentVersionId} in (
	select qa.version_id from ${questionArticles} qa join ${articles} article on article.id = qa.article_id where ${which})`;
