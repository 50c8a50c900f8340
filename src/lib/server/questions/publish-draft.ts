import { and, eq, inArray, max, notInArray } from 'drizzle-orm';
import { questionArticles, questionDrafts, questions, questionVersions } from '#db/schema/questions.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { contentHash } from '../platform/content/content-hash.ts';
import { newId } from '../platform/ids.ts';
import type { SmallContent } from './content/parse-questions.ts';
import { demandDraft, type DraftRow, lockQuestion } from './lock-question.ts';
import { demandInReview, demandOther } from './move-draft.ts';
import { pictureAddress } from './picture-address.ts';
import { storedCase, storedQuestion } from './stored-question.ts';
import type { CaseDraft } from './wording.ts';

/**
 * Makes a reviewed draft the wording that is asked from now on. What was asked before keeps the wording it was asked in.
 * @param seen when the wording that the reviewer read was last changed
 * @throws conflict draft.none | draft.own | draft.not-in-review | draft.changed
 */
export function publishDraft(
	ctx: SignedIn,
	{ questionId, seen }: { questionId: string; seen?: string | undefined }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const locked = await lockQuestion(ctx, questionId, 'question:review');
		const draft = demandDraft(locked);
		demandInReview(draft.state);
		demandOther(ctx, draft.authorId);
		if (seen !== undefined && seen !== draft.updatedAt.toISOString()) throw conflict('draft.changed');

		const picture = pictureAddress(locked.question.id);
		const versionId = await publishOne(ctx, draft, { picture });
		if (locked.question.kind === 'case') {
			const { questions: kept } = draft.content as CaseDraft;
			for (const [index, id] of kept.entries()) {
				const part = locked.drafts.get(id);
				if (part) await publishOne(ctx, part, { picture, position: index + 1 });
			}
			await ctx.db
				.update(questions)
				.set({ archivedAt: ctx.now })
				.where(and(eq(questions.caseId, locked.question.id), notInArray(questions.id, kept)));
		}
		const ids = [locked.question.id, ...locked.parts.map(({ id }) => id)];
		await ctx.db.delete(questionDrafts).where(inArray(questionDrafts.questionId, ids));
		await record(ctx, 'question.published', locked.question.id, { versionId, authorId: draft.authorId });
		await notify(ctx, [draft.authorId], {
			kind: 'question_published',
			occasion: versionId,
			href: `/manage/questions/${locked.question.id}`,
			values: { code: locked.question.code }
		});
	});
}

/** @param picture addresses of pictures; those of a case are kept with the case */
async function publishOne(
	ctx: SignedIn,
	draft: DraftRow,
	{ picture, position }: { picture: (name: string) => string; position?: number }
): Promise<string> {
	const { questionId, difficulty, content, articleIds, authorId } = draft;
	const versionId = newId();
	const wording = content as SmallContent | CaseDraft;
	const [last] = await ctx.db
		.select({ number: max(questionVersions.number) })
		.from(questionVersions)
		.where(eq(questionVersions.questionId, questionId));
	await ctx.db.insert(questionVersions).values({
		id: versionId,
		questionId,
		number: (last?.number ?? 0) + 1,
		difficulty,
		content: wording.kind === 'case' ? storedCase(wording.situation, picture) : storedQuestion(wording, picture),
		hash: contentHash(content),
		authorId,
		reviewedBy: ctx.actor.personId,
		createdAt: ctx.now
	});
	if (articleIds.length > 0)
		await ctx.db.insert(questionArticles).values(articleIds.map((articleId) => ({ versionId, articleId })));
	await ctx.db
		.update(questions)
		.set({ currentVersionId: versionId, state: 'published', archivedAt: null, ...(position && { position }) })
		.where(eq(questions.id, questionId));
	return versionId;
}
