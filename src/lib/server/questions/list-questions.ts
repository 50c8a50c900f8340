import { asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { questionDrafts, questions, questionVersions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import type { QuestionFilter, questionOrders } from '#lib/schemas/questions.ts';
import { demand } from '../access/scope.ts';
import type { Context, SignedIn } from '../platform/context.ts';
import { type Asked, type Order, type Page, readPage, turned } from '../platform/keyset.ts';
import { facility, isVisible, lastUsedAt, listedQuestions, wordingText } from './listed-questions.ts';
import { recordListing } from './record-listing.ts';

export type QuestionOrder = (typeof questionOrders)[number];
export type ListedQuestion = Awaited<ReturnType<typeof read>>[number];

const difficulty = sql<number>`coalesce(${questionVersions.difficulty}, ${questionDrafts.difficulty}, 3)`;
const changedAt = sql<string>`coalesce(${questionDrafts.updatedAt}, ${questionVersions.createdAt}, ${questions.createdAt})`;
/** Exactly sortable: unknown ones before all others. */
const facilityKey = sql<number>`coalesce(round(1000 * ${facility}), -1)::int`;
const usedKey = sql<string>`coalesce(${lastUsedAt}, 'epoch')`;

const orders = {
	code: { key: questions.code, type: 'text' },
	changed: { key: changedAt, type: 'timestamptz' },
	difficulty: { key: difficulty, type: 'integer' },
	facility: { key: facilityKey, type: 'integer' },
	used: { key: usedKey, type: 'timestamptz' }
} as const satisfies Record<string, Pick<Order, 'key' | 'type'>>;

/**
 * One page of the questions of the bank and of the courses that the filter leaves; the latest changed ones first unless told.
 * It shows what they ask, so that those which exams may ask are put on record.
 */
export async function listQuestions(
	ctx: SignedIn,
	filter: Partial<QuestionFilter>,
	{ sort = '-changed', size = 50, ...asked }: Asked & { sort?: QuestionOrder; size?: number } = {}
): Promise<Page<ListedQuestion>> {
	demand(ctx, 'question:view');
	const by = orders[sort.replace('-', '') as keyof typeof orders];
	const order = { ...by, id: questions.id, descending: sort.startsWith('-') };
	const page = await readPage<ListedQuestion>(asked, {
		size,
		keyOf: ({ key, id }) => [key, id],
		read: (turn) => {
			const { where, rest } = turned(order, turn);
			return read(ctx, sql`(${by.key})::text`, sql`${listedQuestions(ctx, filter)} and ${where} ${rest}`);
		}
	});
	await recordListing(
		ctx,
		page.rows.map(({ id }) => id)
	);
	return page;
}

function read(ctx: Context, key: SQL, where: SQL) {
	return ctx.db
		.select({
			id: questions.id,
			code: questions.code,
			kind: questions.kind,
			text: sql<string>`left(${wordingText}, 200)`,
			difficulty,
			use: questions.use,
			shared: questions.shared,
			state: questions.state,
			topic: questions.topic,
			tags: questions.tags,
			/** What is being written: the next wording of a published question, or the first of a new one. */
			draft: questionDrafts.state,
			course: sql<{ 'zh-CN': string; en: string } | null>`(
				select cv.title from ${courses} c join ${courseVersions} cv on cv.id = c.current_version_id where c.id = ${questions.courseId})`,
			unit: units.name,
			author: people.name,
			facility: sql<number | null>`(${facility})::float8`,
			lastUsedAt: sql<Date | null>`${lastUsedAt}`.mapWith(questionVersions.createdAt),
			changedAt: sql<Date>`${changedAt}`.mapWith(questionVersions.createdAt),
			key: sql<string>`${key}`
		})
		.from(questions)
		.leftJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.leftJoin(questionDrafts, eq(questionDrafts.questionId, questions.id))
		.leftJoin(units, eq(units.id, questions.unitId))
		.leftJoin(people, sql`${people.id} = coalesce(${questionDrafts.authorId}, ${questionVersions.authorId})`)
		.where(where);
}

/** How many questions a filter leaves: exact up to `most`, and `most + 1` where there are more. */
export async function countQuestions(ctx: Context, filter: Partial<QuestionFilter>, most = 10_000): Promise<number> {
	demand(ctx, 'question:view');
	const listed = sql`select 1 from ${questions}
		left join ${questionVersions} on ${questionVersions.id} = ${questions.currentVersionId}
		left join ${questionDrafts} on ${questionDrafts.questionId} = ${questions.id}
		left join ${units} on ${units.id} = ${questions.unitId}
		where ${listedQuestions(ctx, filter)} limit ${most + 1}`;
	const { rows } = await ctx.db.execute<{ count: string }>(sql`select count(*) from (${listed}) listed`);
	return Number(rows[0]?.count ?? 0);
}

/** What the bank's questions within reach are filed under: topics, tags and authors, each once. */
export async function listFilings(ctx: Context) {
	demand(ctx, 'question:view');
	const here = sql`${isVisible(ctx)} and ${questions.archivedAt} is null and ${isNotNull(questions.unitId)}`;
	const own = sql`from ${questions} left join ${units} on ${units.id} = ${questions.unitId} where ${here}`;
	const topics = await ctx.db.execute<{ name: string }>(
		sql`select distinct ${questions.topic} as name ${own} and ${questions.topic} <> '' order by 1 limit 500`
	);
	const tags = await ctx.db.execute<{ name: string }>(
		sql`select distinct unnest(${questions.tags}) as name ${own} order by 1 limit 500`
	);
	const authors = await ctx.db
		.selectDistinct({ id: people.id, name: people.name })
		.from(questions)
		.leftJoin(units, eq(units.id, questions.unitId))
		.leftJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.leftJoin(questionDrafts, eq(questionDrafts.questionId, questions.id))
		.innerJoin(people, sql`${people.id} in (${questionVersions.authorId}, ${questionDrafts.authorId})`)
		.where(here)
		.orderBy(asc(people.name))
		.limit(500);
	return { topics: topics.rows.map(({ name }) => name), tags: tags.rows.map(({ name }) => name), authors };
}
