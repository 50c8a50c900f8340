import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { courses } from '#db/schema/courses.ts';
import { exams } from '#db/schema/exams.ts';
import { programmeRequirements, programmes, programmeVersions, requirementElectives } from '#db/schema/programmes.ts';
import type * as schemas from '#lib/schemas/requirements.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { idList } from '../../platform/id-list.ts';
import { newId } from '../../platform/ids.ts';
import { lockProgramme, type Programme, type Version } from './queries.ts';

/** A programme with its draft, for a change of it. @throws conflict programme.archived | programme.no-draft */
async function lockDraft(ctx: SignedIn, programmeId: string): Promise<Programme & { draft: Version }> {
	const programme = await lockProgramme(ctx, programmeId);
	if (programme.state === 'archived') throw conflict('programme.archived');
	if (!programme.draft) throw conflict('programme.no-draft');
	return { ...programme, draft: programme.draft };
}

/** Changes what a draft says of time, and what the programme is called. @throws conflict programme.archived | programme.no-draft */
export function editDraft(
	ctx: SignedIn,
	{ programmeId, title, summary, ...version }: v.InferOutput<typeof schemas.editDraft>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { draft } = await lockDraft(ctx, programmeId);
		await ctx.db
			.update(programmes)
			.set({ title, summary: summary ?? '' })
			.where(eq(programmes.id, programmeId));
		await ctx.db.update(programmeVersions).set(version).where(eq(programmeVersions.id, draft.id));
		await record(ctx, 'programme.edited', programmeId, { number: draft.number });
	});
}

/**
 * Lets a draft ask for one more thing.
 * @throws conflict programme.archived | programme.no-draft | course.archived, invalid requirement.repeated, not-found course | exam
 */
export function addRequirement(
	ctx: SignedIn,
	{ programmeId, ...asked }: v.InferOutput<typeof schemas.addRequirement>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { draft } = await lockDraft(ctx, programmeId);
		await demandThatItExists(ctx, asked);
		if ('courseId' in asked && (await asksForCourse(ctx, draft.id, asked.courseId)))
			throw invalid('requirement.repeated', { field: 'courseId' });

		const { courseIds = [], ...requirement } = { courseIds: undefined, ...asked };
		const id = newId();
		const position = draft.requirements.length;
		await ctx.db.insert(programmeRequirements).values({ id, versionId: draft.id, ...requirement, position });
		if (courseIds.length > 0)
			await ctx.db
				.insert(requirementElectives)
				.values([...new Set(courseIds)].map((courseId) => ({ requirementId: id, courseId })));
		await record(ctx, 'programme.edited', programmeId, { number: draft.number, added: id });
	});
}

async function asksForCourse({ db }: SignedIn, versionId: string, courseId: string): Promise<boolean> {
	return (
		(await db.$count(
			programmeRequirements,
			and(eq(programmeRequirements.versionId, versionId), eq(programmeRequirements.courseId, courseId))
		)) > 0
	);
}

async function demandThatItExists(
	{ db }: SignedIn,
	asked: Partial<Record<'courseId' | 'examId', string | undefined>> & { kind: string; courseIds?: string[] }
): Promise<void> {
	const courseIds = asked.courseIds ?? (asked.courseId ? [asked.courseId] : []);
	const found = await db
		.select({ archivedAt: courses.archivedAt })
		.from(courses)
		.where(sql`${courses.id} in ${idList(courseIds)}`);
	if (found.length < new Set(courseIds).size) throw notFound('course');
	if (found.some(({ archivedAt }) => archivedAt)) throw conflict('course.archived');
	if (asked.examId && (await db.$count(exams, eq(exams.id, asked.examId))) === 0) throw notFound('exam');
}

/** Takes a requirement out of a draft. @throws not-found requirement.not-found */
export function removeRequirement(
	ctx: SignedIn,
	{ programmeId, requirementId }: v.InferOutput<typeof schemas.changeRequirement>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { draft } = await lockDraft(ctx, programmeId);
		const removed = await ctx.db
			.delete(programmeRequirements)
			.where(and(eq(programmeRequirements.id, requirementId), eq(programmeRequirements.versionId, draft.id)))
			.returning({ id: programmeRequirements.id });
		if (removed.length === 0) throw notFound('requirement');
		await inOrder(
			ctx,
			draft.requirements.map(({ id }) => id).filter((id) => id !== requirementId)
		);
		await record(ctx, 'programme.edited', programmeId, { number: draft.number, removed: requirementId });
	});
}

/** Lets a requirement change places with its neighbour: the order in which people read them. */
export function moveRequirement(
	ctx: SignedIn,
	{ programmeId, requirementId, to }: v.InferOutput<typeof schemas.changeRequirement>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { draft } = await lockDraft(ctx, programmeId);
		const order = draft.requirements.map(({ id }) => id);
		const place = order.indexOf(requirementId);
		if (place < 0) throw notFound('requirement');
		const other = place + (to === 'up' ? -1 : 1);
		if (other < 0 || other >= order.length) return;
		[order[place], order[other]] = [order[other]!, order[place]!];

		await inOrder(ctx, order);
	});
}

/** Numbers requirements from 0 on; in two steps, as a place is taken by one at a time. */
async function inOrder({ db }: SignedIn, order: string[]): Promise<void> {
	for (const first of [1_000, 0])
		for (const [place, id] of order.entries())
			await db
				.update(programmeRequirements)
				.set({ position: first + place })
				.where(eq(programmeRequirements.id, id));
}
