import { type SQL, sql } from 'drizzle-orm';
import { practiceAnswers } from '#db/schema/practice.ts';
import { questionArticles } from '#db/schema/questions.ts';
import { articles, statutes, type StatuteChapter } from '#db/schema/statutes.ts';
import type { SignedIn } from '../platform/context.ts';

/** Of an article only the last so many answers count: what is known today, not what was once unknown. */
export const lastAnswers = 10;

const weakest = 10;

/** How many of the last answers to questions that rest on an article were right. */
export interface ArticleMastery {
	statute: string;
	number: string;
	chapter: number | null;
	digest: string;
	short: { 'zh-CN': string; en: string };
	right: number;
	count: number;
}

/** The last answers of a person, counted by article, as a table. */
const masteryOf = (personId: string): SQL => sql`(
	select own.article_id, count(*)::int as count, (count(*) filter (where own.correct))::int as "right"
	from (
		select qa.article_id, answer.correct,
			row_number() over (partition by qa.article_id order by answer.at desc, answer.id desc) as nth
		from ${practiceAnswers} answer join ${questionArticles} qa on qa.version_id = answer.question_version_id
		where answer.person_id = ${personId}
	) own
	where own.nth <= ${sql.raw(String(lastAnswers))} group by own.article_id)`;

/**
 * The weakest articles come first. With few answers a share says little, so one right and one wrong answer are thought
 * added: none of one stands behind none of three.
 */
const weakestFirst = sql`(mastery."right" + 1.0) / (mastery.count + 2), mastery.count desc`;

/** The ids of the articles to practise first, for `in`. */
export const weakArticleIds = (personId: string): SQL => sql`(
	select mastery.article_id from ${masteryOf(personId)} mastery
	where mastery."right" < mastery.count order by ${weakestFirst} limit ${sql.raw(String(weakest))})`;

const columns = sql`article.statute, article.number, article.chapter, article.digest, law.short, mastery."right", mastery.count`;
const joined = (personId: string) => sql`
	${masteryOf(personId)} mastery
	join ${articles} article on article.id = mastery.article_id and article.archived_at is null
	join ${statutes} law on law.slug = article.statute and law.archived_at is null`;

/** The actor's weakest articles: those of which not every one of the last answers was right. */
export async function listWeakArticles({ db, actor }: SignedIn, limit: number): Promise<ArticleMastery[]> {
	const { rows } = await db.execute<ArticleMastery & Record<string, unknown>>(sql`
		select ${columns} from ${joined(actor.personId)}
		where mastery."right" < mastery.count
		order by ${weakestFirst}, law.position, article.ordinal limit ${limit}`);
	return rows;
}

export interface LawMastery {
	slug: string;
	title: { 'zh-CN': string; en: string };
	chapters: StatuteChapter[];
	/** Articles that the law holds here. */
	held: number;
	articles: ArticleMastery[];
}

/** What the actor has answered, article by article, in the order of the laws. */
export async function listMastery({ db, actor }: SignedIn): Promise<LawMastery[]> {
	const { rows } = await db.execute<ArticleMastery & Record<string, unknown>>(
		sql`select ${columns} from ${joined(actor.personId)} order by law.position, law.slug, article.ordinal`
	);
	const laws = await db
		.select({
			slug: statutes.slug,
			title: statutes.title,
			chapters: statutes.chapters,
			held: sql<number>`(select count(*)::int from ${articles} a where a.statute = statutes.slug and a.archived_at is null)`
		})
		.from(statutes);
	const bySlug = new Map(laws.map((law) => [law.slug, law]));
	return [...Map.groupBy(rows, ({ statute }) => statute)].flatMap(([slug, articles]) => {
		const law = bySlug.get(slug);
		return law ? [{ ...law, articles }] : [];
	});
}
