import { and, asc, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { examPapers, examSectionQuestions, examSections } from '#db/schema/exam-papers.ts';
import type * as schemas from '#lib/schemas/exam-papers.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { readFixedQuestions } from './fixed-questions.ts';
import { lockDraft } from './lock-draft.ts';
import { readSectionChoice } from './read-section-choice.ts';

/**
 * Sets a section of a paper of a draft, or adds one at its end: drawn by what the filter says, or the listed questions.
 * @returns id of the section
 * @throws invalid section.unknown-place | section.unknown-article | section.unknown-code | section.unfit-code; conflict
 *   exam.not-draft; not-found exam.not-found | paper.not-found | section.not-found
 */
export function setSection(ctx: SignedIn, input: v.InferOutput<typeof schemas.setSection>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { examId, paperId, sectionId = newId(), kind, fixed, title, points, unseenFirst } = input;
		const exam = await lockDraft(ctx, examId);
		const papers = await ctx.db.$count(examPapers, and(eq(examPapers.id, paperId), eq(examPapers.examId, examId)));
		if (papers === 0) throw notFound('paper');

		const codes = [...new Set([...input.codes, ...input.chosen])];
		const listed = fixed ? await readFixedQuestions(ctx, { exam, kind, codes }) : [];
		const filter = fixed ? {} : await readSectionChoice(ctx, input);
		const values = { title, kind, points, fixed, unseenFirst, filter, count: fixed ? listed.length : input.count };
		const kept = input.sectionId
			? await ctx.db
					.update(examSections)
					.set(values)
					.where(and(eq(examSections.id, sectionId), eq(examSections.paperId, paperId)))
					.returning({ id: examSections.id })
			: await ctx.db
					.insert(examSections)
					.values({
						id: sectionId,
						paperId,
						position: sql`(select coalesce(max(s.position), 0) + 1 from exam_sections s where s.paper_id = ${paperId})`,
						...values
					})
					.returning({ id: examSections.id });
		if (kept.length === 0) throw notFound('section');
		await list(ctx, sectionId, listed);
		await record(ctx, 'exam.section-set', examId, { paperId, sectionId });
		return sectionId;
	});
}

async function list({ db }: SignedIn, sectionId: string, questionIds: string[]): Promise<void> {
	await db.delete(examSectionQuestions).where(eq(examSectionQuestions.sectionId, sectionId));
	if (questionIds.length === 0) return;
	await db
		.insert(examSectionQuestions)
		.values(questionIds.map((questionId, index) => ({ sectionId, position: index + 1, questionId })));
}

type Address = { examId: string; sectionId: string };

/** The sections of the paper that a section of a draft is in, in order. @throws not-found section.not-found */
async function lockSiblings(ctx: SignedIn, { examId, sectionId }: Address) {
	await lockDraft(ctx, examId);
	const [own] = await ctx.db
		.select({ paperId: examSections.paperId })
		.from(examSections)
		.innerJoin(examPapers, eq(examPapers.id, examSections.paperId))
		.where(and(eq(examSections.id, sectionId), eq(examPapers.examId, examId)));
	if (!own) throw notFound('section');
	return ctx.db
		.select({ id: examSections.id, position: examSections.position })
		.from(examSections)
		.where(eq(examSections.paperId, own.paperId))
		.orderBy(asc(examSections.position));
}

/** Takes a section out of a draft. @throws conflict exam.not-draft, not-found exam.not-found | section.not-found */
export function removeSection(ctx: SignedIn, address: Address): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockSiblings(ctx, address);
		await ctx.db.delete(examSections).where(eq(examSections.id, address.sectionId));
		await record(ctx, 'exam.section-removed', address.examId, { sectionId: address.sectionId });
	});
}

/** Moves a section one place up or down; at the edge nothing moves. @throws as `removeSection` */
export function moveSection(ctx: SignedIn, { up, ...address }: Address & { up: boolean }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const siblings = await lockSiblings(ctx, address);
		const place = siblings.findIndex(({ id }) => id === address.sectionId);
		const [own, other] = [siblings[place]!, siblings[place + (up ? -1 : 1)]];
		if (!other) return;
		const put = (id: string, position: number) =>
			ctx.db.update(examSections).set({ position }).where(eq(examSections.id, id));
		await put(own.id, -1); // no two stand in one place, not even for a moment
		await put(other.id, own.position);
		await put(own.id, other.position);
		await record(ctx, 'exam.section-moved', address.examId, { sectionId: address.sectionId });
	});
}
