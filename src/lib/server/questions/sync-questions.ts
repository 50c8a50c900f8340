import { eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { questionArticles, questions, questionVersions } from '#db/schema/questions.ts';
import { batchesOf } from '#lib/server/platform/batches.ts';
import { compare, type Tally } from '#lib/server/platform/content/compare.ts';
import { contentHash } from '#lib/server/platform/content/content-hash.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { LibraryQuestion } from './content/library-question.ts';

/** The questions of one course of the library, with the rows that they belong to. */
export interface CourseQuestions {
	courseId: string;
	/** By slug. */
	lessonIds: ReadonlyMap<string, string>;
	questions: LibraryQuestion[];
}

/** Makes the stored questions of courses those of the library, inside the caller's transaction. Other questions of the bank stay as they are. */
export async function syncQuestions(
	ctx: Context,
	library: CourseQuestions[],
	articleIds: ReadonlyMap<string, string>
): Promise<Tally> {
	const { db, now } = ctx;
	const stored = await listStored(ctx);
	const wanted = rowsFor(library, stored);
	const { touched, rewritten, gone, tally } = compare(wanted, stored);

	for (const batch of batchesOf(touched)) {
		await db
			.insert(questions)
			.values(batch.map(({ question: _, ...row }) => ({ ...row, createdAt: now })))
			.onConflictDoUpdate({ target: questions.id, set: incoming });
	}
	if (gone.length > 0)
		await db
			.update(questions)
			.set({ archivedAt: now })
			.where(
				inArray(
					questions.id,
					gone.map(({ id }) => id)
				)
			);

	await addVersions(
		ctx,
		rewritten.map(({ id, hash, question }) => ({
			questionId: id,
			number: (stored.get(question.code)?.number ?? 0) + 1,
			hash,
			question
		})),
		articleIds
	);
	return tally;
}

const incoming = {
	kind: sql`excluded.kind`,
	caseId: sql`excluded.case_id`,
	courseId: sql`excluded.course_id`,
	lessonId: sql`excluded.lesson_id`,
	position: sql`excluded.position`,
	usableFrom: sql`excluded.usable_from`,
	usableUntil: sql`excluded.usable_until`,
	archivedAt: null
};

async function listStored({ db }: Context) {
	const rows = await db
		.select({
			id: questions.id,
			code: questions.code,
			kind: questions.kind,
			caseId: questions.caseId,
			courseId: questions.courseId,
			lessonId: questions.lessonId,
			position: questions.position,
			usableFrom: questions.usableFrom,
			usableUntil: questions.usableUntil,
			archivedAt: questions.archivedAt,
			hash: sql<string>`coalesce(${questionVersions.hash}, '')`,
			number: sql<number>`coalesce(${questionVersions.number}, 0)`
		})
		.from(questions)
		.leftJoin(questionVersions, eq(questionVersions.id, questions.currentVersionId))
		.where(isNotNull(questions.courseId));
	return new Map(rows.map((row) => [row.code, { ...row, place: placeOf(row) }]));
}

type Place = Pick<
	typeof questions.$inferInsert,
	'kind' | 'caseId' | 'courseId' | 'lessonId' | 'position' | 'usableFrom' | 'usableUntil'
>;

const placeOf = ({ kind, caseId, courseId, lessonId, position, usableFrom, usableUntil }: Place) =>
	JSON.stringify([kind, caseId, courseId, lessonId, position, usableFrom, usableUntil]);

/** A row for each question of the library, in the order of the files: a case before its questions. */
function rowsFor(library: CourseQuestions[], stored: ReadonlyMap<string, { id: string }>) {
	const all = library.flatMap(({ questions, ...course }) => questions.map((question) => ({ ...course, question })));
	const ids = new Map(all.map(({ question: { code } }) => [code, stored.get(code)?.id ?? newId()]));

	return new Map(
		all.map(({ question, courseId, lessonIds }) => {
			const { code, kind, caseCode, lesson, position, from = null, until = null } = question;
			const caseId = caseCode ? ids.get(caseCode)! : null;
			const row = {
				id: ids.get(code)!,
				code,
				kind,
				caseId,
				courseId,
				lessonId: lessonIds.get(lesson)!,
				position,
				usableFrom: from,
				usableUntil: until
			};
			// What is rendered belongs to the version: whoever answered must be able to see the question again as it was.
			return [code, { ...row, question, hash: contentHash([question.hash, question.content]), place: placeOf(row) }];
		})
	);
}

interface NewVersion {
	questionId: string;
	number: number;
	hash: string;
	question: LibraryQuestion;
}

async function addVersions(
	{ db, now }: Context,
	added: NewVersion[],
	articleIds: ReadonlyMap<string, string>
): Promise<void> {
	for (const batch of batchesOf(added)) {
		const rows = batch.map((version) => ({ ...version, id: newId() }));
		await db
			.insert(questionVersions)
			.values(
				rows.map(({ question: { difficulty, content }, ...row }) => ({ ...row, difficulty, content, createdAt: now }))
			);
		const cited = rows.flatMap(({ id, question }) =>
			question.articles.map((address) => ({ versionId: id, articleId: articleIds.get(address)! }))
		);
		for (const part of batchesOf(cited)) await db.insert(questionArticles).values(part);
		await db.execute(sql`
			update ${questions} set current_version_id = v.id
			from ${questionVersions} v where v.question_id = ${questions}.id and v.id = any(${sql.param(rows.map(({ id }) => id))}::uuid[])
		`);
	}
}
