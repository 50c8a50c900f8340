import { and, asc, desc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { auditEntries } from '#db/schema/audit.ts';
import { courses, courseVersions, lessons, lessonVersions } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { questionArticles, questionDrafts, questions, questionVersions } from '#db/schema/questions.ts';
import { articles, statutes } from '#db/schema/statutes.ts';
import { units } from '#db/schema/units.ts';
import type { Localized } from '#db/schema/columns.ts';
import { can, demand, demandWithin } from '../access/scope.ts';
import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { idList } from '../platform/id-list.ts';
import type { SmallContent } from './content/parse-questions.ts';
import { facility, lastUsedAt } from './listed-questions.ts';
import { pictureAddress } from './picture-address.ts';
import { listed } from './record-listing.ts';
import { recordViewing } from './record-viewing.ts';
import {
	type AskedQuestion,
	storedCase,
	type StoredCase,
	storedQuestion,
	type StoredQuestion
} from './stored-question.ts';
import type { CaseDraft } from './wording.ts';

const reviewer = alias(people, 'reviewer');

export type QuestionPage = Awaited<ReturnType<typeof getQuestion>>;

/**
 * A question with its wordings, draft, use and history, for those who keep the bank. Looking at an exam question is put on
 * record. One of a case leads to the case.
 * @throws not-found question.not-found
 */
export async function getQuestion(ctx: SignedIn, questionId: string) {
	demand(ctx, 'question:view');
	if (!isId(questionId)) throw notFound('question');
	const [found] = await ctx.db
		.select({
			question: questions,
			unitName: units.name,
			unitPath: units.path,
			facility: sql<number | null>`(${facility})::float8`,
			lastUsedAt: sql<Date | null>`${lastUsedAt}`.mapWith(questionVersions.createdAt),
			/** Answers in mastery checks, and how many of them were right. */
			checks: sql<{ answered: number; correct: number }>`(
				select json_build_object('answered', count(*), 'correct', count(*) filter (where c.correct))
				from mastery_check_questions c where c.question_id = ${questions.id} and c.correct is not null)`,
			exams: sql<number>`(select count(*)::int from exam_question_figures f where f.question_id = ${questions.id})`
		})
		.from(questions)
		.leftJoin(units, eq(units.id, questions.unitId))
		.where(
			and(
				sql`${questions.id} = (select coalesce(case_id, id) from questions where id = ${questionId})`,
				isNull(questions.archivedAt)
			)
		);
	if (!found) throw notFound('question');
	const { question, unitPath } = found;
	if (question.courseId === null) demandWithin(ctx, 'question:view', unitPath, 'question');
	await recordViewing(ctx, question);

	const isAbout = eq(auditEntries.subjectId, question.id);
	const drafts = await readDrafts(ctx, question.id);
	const draft = drafts.find(({ questionId }) => questionId === question.id) ?? null;
	const isAuthor = draft?.authorId === ctx.actor.personId;
	const may = (ability: 'question:edit' | 'question:review') => unitPath !== null && can(ctx.actor, ability, unitPath);
	return {
		...found,
		course: await findCourse(ctx, question),
		published: await readPublished(ctx, question),
		draft: draft && { ...draft, wording: draftWording(draft, drafts), isAuthor },
		versions: await listVersions(ctx, question.id),
		history: await listEntries(ctx, sql`${isAbout} and ${ne(auditEntries.action, 'question.viewed')}`),
		viewings: await listEntries(
			ctx,
			sql`${isAbout} and ${eq(auditEntries.action, 'question.viewed')} or ${listed(question.id)}`
		),
		articles: await listArticles(ctx, question.currentVersionId, draft?.articleIds ?? []),
		may: {
			edit:
				may('question:edit') && question.state !== 'retired' && (!draft || (isAuthor && draft.state !== 'in-review')),
			copy: may('question:edit'),
			submit: may('question:edit') && isAuthor && draft.state !== 'in-review',
			withdraw: may('question:edit') && isAuthor && draft.state === 'in-review',
			discard: draft !== null && (isAuthor ? may('question:edit') : may('question:review')),
			review: may('question:review') && draft?.state === 'in-review' && !isAuthor,
			retire: may('question:review') && question.state === 'published',
			restore: may('question:review') && question.state === 'retired'
		}
	};
}

/** A wording as it can be shown: a small question, or a situation with its questions. */
export interface ShownWording {
	situation: string | null;
	/** The situation as it was written. */
	source: string | null;
	questions: { id: string; code: string; content: AskedQuestion }[];
}

type Row = typeof questions.$inferSelect;

async function readPublished({ db }: SignedIn, { id, kind }: Row): Promise<ShownWording | null> {
	const rows = await db
		.select({ id: questions.id, code: questions.code, content: questionVersions.content })
		.from(questions)
		.innerJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.where(and(or(eq(questions.id, id), eq(questions.caseId, id)), isNull(questions.archivedAt)))
		.orderBy(asc(questions.position), asc(questions.code));
	const own = rows.find((row) => row.id === id);
	if (!own) return null;
	const asked = (row: (typeof rows)[number]) => ({ ...row, content: row.content as AskedQuestion });
	if (kind !== 'case') return { situation: null, source: null, questions: [asked(own)] };
	const stored = own.content as StoredCase;
	return {
		situation: stored.html ?? storedCase(stored.situation).html ?? '',
		source: stored.situation,
		questions: rows.filter((row) => row !== own).map(asked)
	};
}

function readDrafts({ db }: SignedIn, questionId: string) {
	return db
		.select({
			questionId: questionDrafts.questionId,
			code: questions.code,
			state: questionDrafts.state,
			content: questionDrafts.content,
			articleIds: questionDrafts.articleIds,
			authorId: questionDrafts.authorId,
			author: people.name,
			updatedAt: questionDrafts.updatedAt,
			submittedAt: questionDrafts.submittedAt,
			returnedBecause: questionDrafts.returnedBecause,
			returnedBy: reviewer.name
		})
		.from(questionDrafts)
		.innerJoin(questions, eq(questions.id, questionDrafts.questionId))
		.innerJoin(people, eq(people.id, questionDrafts.authorId))
		.leftJoin(reviewer, eq(reviewer.id, questionDrafts.returnedBy))
		.where(or(eq(questions.id, questionId), eq(questions.caseId, questionId)));
}

type Draft = Awaited<ReturnType<typeof readDrafts>>[number];

function draftWording(draft: Draft, all: Draft[]): ShownWording {
	const content = draft.content as SmallContent | CaseDraft;
	const pictures = pictureAddress(draft.questionId);
	const shown = ({ questionId: id, code, content }: Draft) => ({
		id,
		code,
		content: storedQuestion(content as SmallContent, pictures)
	});
	if (content.kind !== 'case') return { situation: null, source: null, questions: [shown(draft)] };
	const parts = content.questions.flatMap((id) => all.filter(({ questionId }) => questionId === id));
	const situation = storedCase(content.situation, pictures).html ?? '';
	return { situation, source: content.situation, questions: parts.map(shown) };
}

function listVersions({ db }: SignedIn, questionId: string) {
	return db
		.select({
			id: questionVersions.id,
			number: questionVersions.number,
			difficulty: questionVersions.difficulty,
			createdAt: questionVersions.createdAt,
			author: people.name,
			reviewer: reviewer.name,
			content: sql<StoredQuestion>`${questionVersions.content}`
		})
		.from(questionVersions)
		.leftJoin(people, eq(people.id, questionVersions.authorId))
		.leftJoin(reviewer, eq(reviewer.id, questionVersions.reviewedBy))
		.where(eq(questionVersions.questionId, questionId))
		.orderBy(desc(questionVersions.number));
}

/** Lines of the audit record, the latest first. */
function listEntries({ db }: SignedIn, which: SQL) {
	return db
		.select({ id: auditEntries.id, action: auditEntries.action, at: auditEntries.at, by: people.name })
		.from(auditEntries)
		.leftJoin(people, eq(people.id, auditEntries.actorId))
		.where(which)
		.orderBy(desc(auditEntries.sequence))
		.limit(100);
}

/** Articles of the current wording and of the draft. */
async function listArticles({ db }: SignedIn, versionId: string | null, drafted: string[]) {
	return db
		.select({
			id: articles.id,
			statute: articles.statute,
			number: articles.number,
			digest: articles.digest,
			short: sql<Localized>`${statutes.short}`
		})
		.from(articles)
		.innerJoin(statutes, eq(statutes.slug, articles.statute))
		.where(
			or(
				sql`${articles.id} in ${idList(drafted)}`,
				sql`exists (select 1 from ${questionArticles} qa where qa.version_id = ${versionId} and qa.article_id = ${articles.id})`
			)
		)
		.orderBy(asc(statutes.position), asc(articles.ordinal));
}

async function findCourse({ db }: SignedIn, { courseId, lessonId }: Row) {
	if (!courseId) return null;
	const [course] = await db
		.select({
			slug: courses.slug,
			title: courseVersions.title,
			lesson: lessons.slug,
			lessonTitle: lessonVersions.title
		})
		.from(courses)
		.innerJoin(courseVersions, eq(courseVersions.id, courses.currentVersionId))
		.leftJoin(lessons, lessonId ? eq(lessons.id, lessonId) : sql`false`)
		.leftJoin(lessonVersions, eq(lessonVersions.id, lessons.currentVersionId))
		.where(eq(courses.id, courseId));
	return course ?? null;
}
