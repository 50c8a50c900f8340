import { and, eq, inArray, or } from 'drizzle-orm';
import { questionDrafts, questions } from '#db/schema/questions.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, invalid } from '../platform/errors.ts';
import type { QuestionPlace } from './create-question.ts';
import { type LockedQuestion, lockQuestion } from './lock-question.ts';
import { type CaseWording, demandSound, type Wording } from './wording.ts';
import { insertQuestion, writeCaseDraft, writeDraft } from './write-draft.ts';

export interface SavedDraft {
	questionId: string;
	content: Wording;
	/** Topic and tags stand at once; the use only of what has never been published, and after that by `setUse`. */
	place?: Partial<Omit<QuestionPlace, 'unitId'>>;
}

/**
 * Keeps a wording as the draft of a question: of a new one, or the next of a published one. Whoever begins a draft is its
 * author, and nobody else writes in it.
 * @throws conflict draft.of-another | draft.in-review | question.retired, invalid question.*
 */
export function saveDraft(ctx: SignedIn, { questionId, content, place = {} }: SavedDraft): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const locked = await lockQuestion(ctx, questionId, 'question:edit');
		const { question, draft } = locked;
		if (draft && draft.authorId !== ctx.actor.personId) throw conflict('draft.of-another');
		if (draft?.state === 'in-review') throw conflict('draft.in-review');
		if (question.state === 'retired') throw conflict('question.retired');
		if (question.kind !== content.kind) throw invalid('question.kind-fixed', { field: 'kind' });
		demandSound(content);

		if (content.kind === 'case') await saveCase(ctx, locked, content);
		else await writeDraft(ctx, question, content);
		await savePlace(ctx, locked, place);
		await record(ctx, 'question.edited', question.id);
	});
}

async function saveCase(ctx: SignedIn, { question, parts, drafts }: LockedQuestion, content: CaseWording) {
	const { unitId, use, shared, topic, tags } = question;
	const ids: string[] = [];
	for (const part of content.questions) {
		const known = parts.find(({ code }) => code === part.id);
		if (known && known.kind !== part.kind) throw invalid('question.kind-fixed', { field: 'kind' });
		const filed = { unitId, use, shared, topic, tags };
		const place = { ...filed, caseId: question.id, kind: part.kind, position: ids.length + 1 };
		const row = known ?? (await insertQuestion(ctx, place));
		await writeDraft(ctx, row, part);
		ids.push(row.id);
	}
	const { situation } = content;
	await writeCaseDraft(ctx, question.id, { kind: 'case', situation, questions: ids }, content.questions);
	await dropParts(
		ctx,
		parts.map(({ id }) => id).filter((id) => !ids.includes(id) && drafts.has(id))
	);
}

/** Drafts of questions that the case no longer has; those never published are gone with them. */
async function dropParts(ctx: SignedIn, ids: string[]): Promise<void> {
	if (ids.length === 0) return;
	await ctx.db.delete(questionDrafts).where(inArray(questionDrafts.questionId, ids));
	await ctx.db
		.update(questions)
		.set({ archivedAt: ctx.now })
		.where(and(inArray(questions.id, ids), eq(questions.state, 'unpublished')));
}

async function savePlace(
	{ db }: SignedIn,
	{ question }: LockedQuestion,
	{ use, topic, tags }: NonNullable<SavedDraft['place']>
): Promise<void> {
	const set = {
		...(use !== undefined && question.state === 'unpublished' && { use }),
		...(topic !== undefined && { topic }),
		...(tags !== undefined && { tags: [...new Set(tags)] })
	};
	if (Object.keys(set).length === 0) return;
	await db
		.update(questions)
		.set(set)
		.where(or(eq(questions.id, question.id), eq(questions.caseId, question.id)));
}
