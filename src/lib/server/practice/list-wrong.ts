import { sql } from 'drizzle-orm';
import { practiceAnswers, practiceCards } from '#db/schema/practice.ts';
import { questionArticles, questions, questionVersions } from '#db/schema/questions.ts';
import { articles, statutes } from '#db/schema/statutes.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { iso } from '../platform/iso.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';
import type { ParameterValues } from '../questions/parameters.ts';
import type { ReviewedQuestion } from '../questions/review-question.ts';
import type { Answer } from '../questions/score-answer.ts';
import type { AskedQuestion, StoredCase } from '../questions/stored-question.ts';
import { askable } from './askable.ts';
import { type CitedArticle, listCitedArticles } from './cited-articles.ts';
import { reviewKept } from './review-kept.ts';
import { wrongBook } from './wrong-book.ts';

/** A question of the wrong-question book, with the last wrong answer and what is right. */
export interface WrongQuestion {
	questionId: string;
	wrongAt: Date;
	/** How often it was answered wrongly, and how often rightly since the last time. */
	times: number;
	rightSince: number;
	source: 'check' | 'practice' | 'exam';
	/** Whether practice asks it: what is for exams alone is never asked there. */
	asked: boolean;
	articles: CitedArticle[];
	review: ReviewedQuestion;
}

type Filter = Asked & { statute?: string | null; dismissed?: boolean };

type Row = {
	questionId: string;
	versionId: string;
	key: string;
	times: number;
	rightSince: number;
	source: WrongQuestion['source'];
	asked: boolean;
	explained: boolean;
	content: AskedQuestion;
	situation: StoredCase | null;
	parameters: ParameterValues | null;
	response: Answer | null;
};

const size = 10;

/** The actor's wrong-question book, the latest first; or, with `dismissed`, what they have put aside of it. */
export async function listWrong(
	ctx: SignedIn,
	{ statute, dismissed = false, ...asked }: Filter
): Promise<Page<WrongQuestion>> {
	const { db, actor, now } = ctx;
	const { personId } = actor;
	const order = { key: sql`book.wrong_at`, id: sql`book.question_id`, type: 'timestamptz', descending: true } as const;
	const ofStatute = statute
		? sql`exists (select 1 from ${questionArticles} qa join ${articles} article on article.id = qa.article_id
			where qa.version_id = answer.question_version_id and article.statute = ${statute})`
		: sql`true`;

	const { rows, ...turns } = await readPage<Row>(asked, {
		size,
		keyOf: ({ key, questionId }) => [key, questionId],
		read: async (turn) => {
			const { where, rest } = turned(order, turn);
			const { rows } = await db.execute<Row>(sql`
				select book.question_id as "questionId", ${iso(sql`book.wrong_at`)} as key, book.times, book.right_since as "rightSince",
					answer.question_version_id as "versionId", answer.source, answer.parameters, answer.response, version.content,
					situation.content as situation,
					${askable(questions, { personId, today: dateOf(now) })} as asked,
					(${questions.courseId} is not null or ${questions.disclosedAt} is not null) as explained
				from ${wrongBook(personId)} book
				join ${practiceCards} card on card.person_id = ${personId} and card.question_id = book.question_id
				join lateral (
					select * from ${practiceAnswers} given
					where given.person_id = ${personId} and given.question_id = book.question_id and given.at = book.wrong_at
						and not given.correct limit 1
				) answer on true
				join ${questionVersions} version on version.id = answer.question_version_id
				join ${questions} on ${questions.id} = book.question_id
				left join ${questions} parent on parent.id = ${questions.caseId}
				left join ${questionVersions} situation on situation.id = parent.current_version_id
				where (card.dismissed_at is not null) = ${dismissed} and ${ofStatute} and ${where} ${rest}`);
			return rows;
		}
	});
	const cited = await listCitedArticles(
		ctx,
		rows.map(({ versionId }) => versionId)
	);
	return {
		...turns,
		rows: rows.map(({ versionId, key, explained, content, situation, parameters, response, ...row }) => ({
			...row,
			wrongAt: new Date(key),
			articles: cited.get(versionId) ?? [],
			review: reviewKept({ content, situation, parameters, response, correct: false }, explained)
		}))
	};
}

/** How many questions the actor's book holds, and how many they have put aside. */
export async function countWrong({ db, actor }: SignedIn) {
	const { personId } = actor;
	const { rows } = await db.execute<{ dismissed: boolean; count: number }>(sql`
		select card.dismissed_at is not null as dismissed, count(*)::int as count
		from ${wrongBook(personId)} book
		join ${practiceCards} card on card.person_id = ${personId} and card.question_id = book.question_id
		group by 1`);
	const of = (wanted: boolean) => rows.find(({ dismissed }) => dismissed === wanted)?.count ?? 0;
	return { book: of(false), dismissed: of(true) };
}

/** The laws that questions of the actor's book rest on, put aside or not, in order. */
export async function listLawsOfBook({ db, actor }: SignedIn) {
	const { rows } = await db.execute<{ slug: string; short: { 'zh-CN': string; en: string } }>(sql`
		select law.slug, law.short from ${statutes} law
		where law.slug in (
			select article.statute from ${wrongBook(actor.personId)} book
			join ${practiceAnswers} answer on answer.person_id = ${actor.personId} and answer.question_id = book.question_id
			join ${questionArticles} qa on qa.version_id = answer.question_version_id
			join ${articles} article on article.id = qa.article_id)
		order by law.position, law.slug`);
	return rows;
}
