import { and, type SQL, sql } from 'drizzle-orm';
import { askedText, questionArticles, questionDrafts, questions, questionVersions } from '#db/schema/questions.ts';
import { articles } from '#db/schema/statutes.ts';
import { units } from '#db/schema/units.ts';
import type { QuestionFilter } from '#lib/schemas/questions.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { contains, termsOf } from '../platform/search-terms.ts';

/** Share of the points that those earned who were asked, 0 to 1, over all exams with figures; null before the first. */
export const facility = sql<number | null>`(
	select sum(f.facility * f.answered) / nullif(sum(f.answered), 0) from exam_question_figures f where f.question_id = ${questions.id})`;

/** When an exam last asked the question; null where none has figures of it. */
export const lastUsedAt = sql<Date | null>`(
	select max(e.opens_at) from exam_question_figures f join exams e on e.id = f.exam_id where f.question_id = ${questions.id})`;

/** The stem, or the situation of a case, as it is asked today; of a question that was never published, as it is drafted. */
export const wordingText = sql<string>`coalesce(
	${questionVersions.content} ->> 'stem', ${questionVersions.content} ->> 'situation',
	${questionDrafts.content} ->> 'stem', ${questionDrafts.content} ->> 'situation', '')`;

/** Whether the actor may see a question: it belongs to a unit within reach, or to a course and so to everybody. Reads `units`. */
export const isVisible = ({ actor }: Context): SQL =>
	sql`(${questions.courseId} is not null or ${within(actor, 'question:view', units.path)})`;

/** Which questions a list holds. Those of a case stand in it as the case; what was thrown away does not. */
export function listedQuestions(ctx: Context, filter: Partial<QuestionFilter>): SQL {
	const parts = [
		sql`${questions.caseId} is null and ${questions.archivedAt} is null`,
		isVisible(ctx),
		...conditions(ctx, filter)
	];
	return sql.join(parts, sql` and `);
}

function conditions(ctx: Context, filter: Partial<QuestionFilter>): SQL[] {
	const { q, view, origin, kind, difficulty, use, reach, state, topic, tag, author } = filter;
	const parts: (SQL | undefined)[] = [
		q ? matches(q) : undefined,
		view ? views[view](ctx) : undefined,
		origin && (origin === 'course' ? sql`${questions.courseId} is not null` : sql`${questions.unitId} is not null`),
		kind && sql`${questions.kind} = ${kind}`,
		difficulty && sql`coalesce(${questionVersions.difficulty}, ${questionDrafts.difficulty}) = ${Number(difficulty)}`,
		use && sql`${questions.use} = ${use}`,
		reach && sql`${questions.unitId} is not null and ${questions.shared} = ${reach === 'below'}`,
		state ? sql`${questions.state} = ${state}` : sql`${questions.state} <> 'retired'`,
		topic ? sql`${questions.topic} = ${topic}` : undefined,
		tag ? sql`${questions.tags} @> array[${tag}]` : undefined,
		author ? sql`${author}::uuid in (${questionVersions.authorId}, ${questionDrafts.authorId})` : undefined,
		...byArticle(filter),
		...byUsage(ctx, filter)
	];
	return parts.filter((part) => part !== undefined);
}

/** The code, or every word of the search in what is asked: by the question itself, or by the questions of a case. */
function matches(q: string): SQL {
	const words = and(...termsOf(q).map(asks));
	return sql`(${questions.code} = ${q} or ${words ?? sql`true`})`;
}

/** Sets that are found once, through the trigram indexes where the word is long enough; looked at row by row it takes ten times as long. */
function asks(term: string): SQL {
	const wordings = sql`select ${questionVersions.id} from ${questionVersions} where ${contains(askedText(questionVersions.content), term)}`;
	const drafts = sql`select ${questionDrafts.questionId} from ${questionDrafts} where ${contains(askedText(questionDrafts.content), term)}`;
	return sql`(
		${questions.currentVersionId} in (${wordings})
		or (${questions.currentVersionId} is null and ${questions.id} in (${drafts}))
		or (${questions.kind} = 'case' and ${questions.id} in (
			select part.case_id from questions part where part.archived_at is null and part.current_version_id in (${wordings}))))`;
}

const views: Record<NonNullable<QuestionFilter['view']>, (ctx: Context) => SQL> = {
	review: ({ actor }) =>
		sql`${questionDrafts.state} = 'in-review' and ${questionDrafts.authorId} <> ${actor.personId} and ${within(actor, 'question:review', units.path)}`,
	mine: ({ actor }) => sql`${questionDrafts.authorId} = ${actor.personId}`
};

function byArticle({ statute, chapter, article }: Partial<QuestionFilter>): SQL[] {
	if (!statute) return [];
	const which = sql.join(
		[
			sql`${articles.statute} = ${statute}`,
			chapter ? sql`${articles.chapter} = ${Number(chapter)}` : sql`true`,
			article ? sql`${articles.number} = ${article}` : sql`true`
		],
		sql` and `
	);
	return [
		sql`exists (select 1 from ${articles} where ${which} and (
			${articles.id} = any(${questionDrafts.articleIds})
			or exists (select 1 from ${questionArticles} where ${questionArticles.versionId} = ${questions.currentVersionId} and ${questionArticles.articleId} = ${articles.id})))`
	];
}

const facilities = {
	hard: sql`${facility} < 0.4`,
	middle: sql`${facility} between 0.4 and 0.8`,
	easy: sql`${facility} > 0.8`,
	unknown: sql`${facility} is null`
};

function byUsage({ now }: Context, { facility: band, used }: Partial<QuestionFilter>): SQL[] {
	const yearAgo = new Date(now.getTime() - 365 * 86_400_000);
	const since = {
		never: sql`${lastUsedAt} is null`,
		year: sql`${lastUsedAt} >= ${yearAgo}`,
		earlier: sql`${lastUsedAt} < ${yearAgo}`
	};
	return [...(band ? [facilities[band]] : []), ...(used ? [since[used]] : [])];
}
