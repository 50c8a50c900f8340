import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { examSectionQuestions, type SectionFilter } from '#db/schema/exam-papers.ts';
import { questionArticles, questions, questionVersions } from '#db/schema/questions.ts';
import { articles } from '#db/schema/statutes.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { examEligible } from '../questions/exam-eligible.ts';
import type { AskedQuestion } from '../questions/stored-question.ts';
import type { PaperSection, PoolItem } from './draw-paper.ts';
import type { Exam, Section } from './queries.ts';

/** What of an exam decides about the questions that it may ask. */
export type Drawing = Pick<Exam, 'unitId' | 'closedBook' | 'kind'>;

/** A mock exam shows its explanations at once, so that what has been seen may come again. */
export const drawnBy = ({ unitId, closedBook, kind }: Drawing) => ({
	unitId,
	closedBook: closedBook && kind !== 'mock'
});

/** Every section of an exam with all that it could draw from, as the bank stands now. One query per section, whatever the number of people. */
export async function readPools(
	ctx: Context,
	exam: Drawing,
	sections: readonly Section[]
): Promise<Map<string, PaperSection>> {
	const pools = new Map<string, PaperSection>();
	for (const section of sections) {
		const pool = section.fixed ? await readFixed(ctx, exam, section) : await readDrawn(ctx, exam, section);
		const { id, position, count, points, fixed, unseenFirst } = section;
		pools.set(id, { id, position, count, points, fixed, unseenFirst, pool });
	}
	return pools;
}

function readDrawn(ctx: Context, exam: Drawing, { kind, filter }: Section): Promise<PoolItem[]> {
	const conditions = [isNull(questions.caseId), eq(questions.kind, kind), ...filterConditions(filter)];
	return readItems(ctx, exam, and(...conditions)!);
}

async function readFixed(ctx: Context, exam: Drawing, { id }: Section): Promise<PoolItem[]> {
	const listed = await ctx.db
		.select({ questionId: examSectionQuestions.questionId })
		.from(examSectionQuestions)
		.where(eq(examSectionQuestions.sectionId, id))
		.orderBy(asc(examSectionQuestions.position));
	if (listed.length === 0) return [];
	const ids = listed.map(({ questionId }) => questionId);
	const items = new Map((await readItems(ctx, exam, inArray(questions.id, ids))).map((item) => [item.id, item]));
	return ids.flatMap((questionId) => items.get(questionId) ?? []);
}

const parts = alias(questions, 'parts');

/** A question by itself is its own only part; a case has those that belong to it. */
async function readItems(ctx: Context, exam: Drawing, condition: SQL): Promise<PoolItem[]> {
	const rows = await ctx.db
		.select({
			itemId: questions.id,
			caseVersionId: sql<string | null>`case when ${questions.kind} = 'case' then ${questions.currentVersionId} end`,
			id: parts.id,
			versionId: questionVersions.id,
			content: questionVersions.content
		})
		.from(questions)
		.innerJoin(
			parts,
			sql`case when ${questions.kind} = 'case' then ${parts.caseId} = ${questions.id} and ${parts.archivedAt} is null else ${parts.id} = ${questions.id} end`
		)
		.innerJoin(questionVersions, eq(questionVersions.id, parts.currentVersionId))
		.where(and(condition, examEligible(questions, { ...drawnBy(exam), today: dateOf(ctx.now) })))
		.orderBy(asc(questions.code), asc(parts.position), asc(parts.code));

	const items = new Map<string, PoolItem>();
	for (const { itemId, caseVersionId, id, versionId, content } of rows) {
		const item = items.get(itemId) ?? { id: itemId, caseVersionId, questions: [] };
		item.questions.push({ id, versionId, content: content as AskedQuestion });
		items.set(itemId, item);
	}
	return [...items.values()];
}

/** What a section's filter asks of a question; of a case, that one of its questions rests on such an article. */
export function filterConditions({
	statutes = [],
	chapters = [],
	articles: numbers = [],
	...rest
}: SectionFilter): SQL[] {
	const { difficulty, tags = [], topic } = rest;
	const places = [
		...statutes.map((slug) => sql`${articles.statute} = ${slug}`),
		...chapters.map((address) => {
			const [slug, chapter] = split(address);
			return sql`(${articles.statute} = ${slug} and ${articles.chapter} = ${Number(chapter)})`;
		}),
		...numbers.map((address) => {
			const [slug, number] = split(address);
			return sql`(${articles.statute} = ${slug} and ${articles.number} = ${number})`;
		})
	];
	const conditions: SQL[] = [];
	if (places.length > 0) {
		conditions.push(sql`exists (
			select 1 from ${questions} q
			join ${questionArticles} on ${questionArticles.versionId} = q.current_version_id
			join ${articles} on ${articles.id} = ${questionArticles.articleId}
			where (q.id = ${questions.id} or q.case_id = ${questions.id}) and (${sql.join(places, sql` or `)}))`);
	}
	if (difficulty) {
		conditions.push(sql`exists (
			select 1 from ${questionVersions} v
			where v.id = ${questions.currentVersionId} and v.difficulty between ${difficulty.from} and ${difficulty.to})`);
	}
	if (tags.length > 0) conditions.push(sql`${questions.tags} && ${sql.param(tags)}::text[]`);
	if (topic) conditions.push(sql`${questions.topic} = ${topic}`);
	return conditions;
}

function split(address: string): [string, string] {
	const at = address.lastIndexOf('/');
	return [address.slice(0, at), address.slice(at + 1)];
}
