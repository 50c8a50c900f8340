import { and, eq, inArray, isNull } from 'drizzle-orm';
import { questionDrafts, questions } from '#db/schema/questions.ts';
import { record } from '../audit/record.ts';
import { can } from '../access/scope.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, forbidden } from '../platform/errors.ts';
import { demandDraft, type LockedQuestion, lockQuestion } from './lock-question.ts';

/** Hands the actor's draft to a reviewer. @throws conflict draft.none | draft.of-another | draft.in-review */
export function submitDraft(ctx: SignedIn, { questionId }: { questionId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const locked = await lockQuestion(ctx, questionId, 'question:edit');
		const draft = demandDraft(locked);
		demandOwn(ctx, draft.authorId);
		if (draft.state === 'in-review') throw conflict('draft.in-review');

		const submitted = { state: 'in-review', submittedAt: ctx.now, returnedBecause: null, returnedBy: null } as const;
		await ctx.db.update(questionDrafts).set(submitted).where(inDrafts(locked));
		await record(ctx, 'question.submitted', locked.question.id);
	});
}

/** Takes the actor's draft back from review, to go on writing. @throws conflict draft.none | draft.of-another | draft.not-in-review */
export function withdrawDraft(ctx: SignedIn, { questionId }: { questionId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const locked = await lockQuestion(ctx, questionId, 'question:edit');
		const draft = demandDraft(locked);
		demandOwn(ctx, draft.authorId);
		demandInReview(draft.state);

		await ctx.db.update(questionDrafts).set({ state: 'draft', submittedAt: null }).where(inDrafts(locked));
		await record(ctx, 'question.withdrawn', locked.question.id);
	});
}

/**
 * Gives a draft back to its author with what is to be changed.
 * @throws conflict draft.none | draft.own | draft.not-in-review
 */
export function returnDraft(
	ctx: SignedIn,
	{ questionId, reason }: { questionId: string; reason: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const locked = await lockQuestion(ctx, questionId, 'question:review');
		const draft = demandDraft(locked);
		demandInReview(draft.state);
		demandOther(ctx, draft.authorId);

		const returned = { state: 'returned', returnedBecause: reason, returnedBy: ctx.actor.personId } as const;
		await ctx.db.update(questionDrafts).set(returned).where(inDrafts(locked));
		await record(ctx, 'question.returned', locked.question.id, { authorId: draft.authorId });
		await notify(ctx, [draft.authorId], {
			kind: 'question_returned',
			occasion: `${locked.question.id} ${ctx.now.toISOString()}`,
			href: `/manage/questions/${locked.question.id}`,
			values: { code: locked.question.code, because: reason }
		});
	});
}

/**
 * Throws a draft away: its author may, and whoever reviews. A question that was never published goes with it.
 * @throws conflict draft.none, forbidden access.forbidden
 */
export function discardDraft(ctx: SignedIn, { questionId }: { questionId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const locked = await lockQuestion(ctx, questionId, 'question:view');
		const draft = demandDraft(locked);
		const isOwn = draft.authorId === ctx.actor.personId;
		if (!can(ctx.actor, isOwn ? 'question:edit' : 'question:review', locked.unitPath)) throw forbidden();

		await ctx.db.delete(questionDrafts).where(inDrafts(locked));
		await ctx.db
			.update(questions)
			.set({ archivedAt: ctx.now })
			.where(
				and(inArray(questions.id, idsOf(locked)), eq(questions.state, 'unpublished'), isNull(questions.archivedAt))
			);
		await record(ctx, 'question.discarded', locked.question.id, { authorId: draft.authorId });
	});
}

/** Refuses to review what one has written. @throws conflict draft.own */
export function demandOther({ actor }: SignedIn, authorId: string): void {
	if (authorId === actor.personId) throw conflict('draft.own');
}

/** @throws conflict draft.not-in-review */
export function demandInReview(state: string): void {
	if (state !== 'in-review') throw conflict('draft.not-in-review');
}

function demandOwn({ actor }: SignedIn, authorId: string): void {
	if (authorId !== actor.personId) throw conflict('draft.of-another');
}

const idsOf = ({ question, parts }: LockedQuestion): string[] => [question.id, ...parts.map(({ id }) => id)];
const inDrafts = (locked: LockedQuestion) => inArray(questionDrafts.questionId, idsOf(locked));
