import { and, eq, sql } from 'drizzle-orm';
import { questionImages, questions } from '#db/schema/questions.ts';
import { units } from '#db/schema/units.ts';
import { can } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { invalid, notFound } from '../platform/errors.ts';
import { isId, newId } from '../platform/ids.ts';
import { lockQuestion } from './lock-question.ts';
import { freePictureName, pictureKind, pictureLimits } from './picture-file.ts';

/**
 * Keeps a picture for a question and gives the name by which its text shows it. What it is says its bytes, not its name; a
 * picture that is kept never changes, so another one of the same name gets a number.
 * @throws invalid picture.too-large | picture.kind | picture.many
 */
export function addPicture(
	ctx: SignedIn,
	{ questionId, name, bytes }: { questionId: string; name: string; bytes: Buffer }
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		await lockQuestion(ctx, questionId, 'question:edit');
		if (bytes.length > pictureLimits.bytes) throw invalid('picture.too-large', { field: 'picture' });
		const kind = pictureKind(bytes);
		if (!kind) throw invalid('picture.kind', { field: 'picture' });

		const kept = await ctx.db
			.select({ name: questionImages.name, isSame: sql<boolean>`${questionImages.bytes} = ${bytes}` })
			.from(questionImages)
			.where(eq(questionImages.questionId, questionId));
		const same = kept.find(({ isSame }) => isSame);
		if (same) return same.name;
		if (kept.length >= pictureLimits.each) throw invalid('picture.many', { field: 'picture' });

		const free = freePictureName(name, kind.ending, new Set(kept.map(({ name }) => name)));
		const { mediaType } = kind;
		await ctx.db.insert(questionImages).values({
			id: newId(),
			questionId,
			name: free,
			mediaType,
			bytes,
			addedBy: ctx.actor.personId,
			createdAt: ctx.now
		});
		await record(ctx, 'question.picture-added', questionId, { bytes: bytes.length });
		return free;
	});
}

/** Pictures of a question by name. */
export function listPictures({ db }: SignedIn, questionId: string) {
	return db
		.select({ name: questionImages.name })
		.from(questionImages)
		.where(eq(questionImages.questionId, questionId))
		.orderBy(questionImages.name);
}

/**
 * A picture of a question, for those who keep it and those who are or were asked it.
 * @throws not-found picture.not-found
 */
export async function getPicture(ctx: SignedIn, { questionId, name }: { questionId: string; name: string }) {
	if (!isId(questionId)) throw notFound('picture');
	const [picture] = await ctx.db
		.select({
			mediaType: questionImages.mediaType,
			bytes: questionImages.bytes,
			unitPath: units.path,
			isAsked: wasAsked(ctx.actor.personId)
		})
		.from(questionImages)
		.innerJoin(questions, eq(questions.id, questionImages.questionId))
		.leftJoin(units, eq(units.id, questions.unitId))
		.where(and(eq(questionImages.questionId, questionId), eq(questionImages.name, name)));
	const isKeeper = picture?.unitPath != null && can(ctx.actor, 'question:view', picture.unitPath);
	if (!picture || !(isKeeper || picture.isAsked)) throw notFound('picture');
	return picture;
}

/** Whether the question, or one of its case, stands in a paper that the person has opened or is free for practice. */
const wasAsked = (personId: string) => sql<boolean>`(
	${questions.use} <> 'exam' and ${questions.state} <> 'unpublished'
	or exists (
		select 1 from exam_answers a join exam_attempts t on t.id = a.attempt_id join questions q on q.id = a.question_id
		where t.person_id = ${personId} and t.state <> 'prepared' and (q.id = ${questions.id} or q.case_id = ${questions.id}))
	or exists (
		select 1 from exam_markers m join exam_attempts t on t.exam_id = m.exam_id join exam_answers a on a.attempt_id = t.id
		join questions q on q.id = a.question_id
		where m.person_id = ${personId} and (q.id = ${questions.id} or q.case_id = ${questions.id})))`;
