import { and, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { publicityEvidence, publicityItems, publicityPlans } from '#db/schema/publicity.ts';
import type * as schemas from '#lib/schemas/publicity.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { keepFile, type Upload } from '../../platform/files/keep-file.ts';
import { type KeptFile, readFile } from '../../platform/files/read-file.ts';
import { isId, newId } from '../../platform/ids.ts';
import { getUnit } from '../../units/queries.ts';
import { evidenceTypes } from '../evidence.ts';
import { getPlan, lockPlan } from './queries.ts';

/** Begins the plan of a unit for a year as a draft. @returns its id @throws conflict publicity.planned, not-found unit.not-found */
export function createPlan(ctx: SignedIn, input: v.InferOutput<typeof schemas.createPlan>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { unitId, year, title } = input;
		await getUnit(ctx, unitId, 'publicity:edit');
		const known = and(eq(publicityPlans.unitId, unitId), eq(publicityPlans.year, year));
		if ((await ctx.db.$count(publicityPlans, known)) > 0) throw conflict('publicity.planned', { field: 'year' });
		const id = newId();
		await ctx.db
			.insert(publicityPlans)
			.values({ id, unitId, year, title, createdBy: ctx.actor.personId, createdAt: ctx.now });
		await record(ctx, 'publicity.created', id, { unitId, year });
		return id;
	});
}

/** Adds a measure to a draft. @throws conflict publicity.published, not-found publicity.not-found */
export function addMeasure(ctx: SignedIn, input: v.InferOutput<typeof schemas.addMeasure>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		await lockDraft(ctx, input.planId);
		const id = newId();
		await ctx.db.insert(publicityItems).values({ id, ...input });
		await record(ctx, 'publicity.measure-added', input.planId, { itemId: id });
		return id;
	});
}

/** Takes a measure out of a draft. @throws conflict publicity.published, not-found publicity.not-found | measure.not-found */
export function removeMeasure(ctx: SignedIn, input: v.InferOutput<typeof schemas.theMeasure>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { planId, itemId } = input;
		await lockDraft(ctx, planId);
		const removed = await ctx.db
			.delete(publicityItems)
			.where(and(eq(publicityItems.planId, planId), eq(publicityItems.id, itemId)))
			.returning({ id: publicityItems.id });
		if (removed.length === 0) throw notFound('measure');
		await record(ctx, 'publicity.measure-removed', planId, { itemId });
	});
}

/** Publishes a plan: its measures change no more and are checked off as they are carried out. @throws conflict publicity.published | publicity.empty */
export function publishPlan(ctx: SignedIn, { planId }: v.InferOutput<typeof schemas.thePlan>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockDraft(ctx, planId);
		if ((await ctx.db.$count(publicityItems, eq(publicityItems.planId, planId))) === 0)
			throw conflict('publicity.empty');
		await ctx.db
			.update(publicityPlans)
			.set({ state: 'published', publishedAt: ctx.now, publishedBy: ctx.actor.personId })
			.where(eq(publicityPlans.id, planId));
		await record(ctx, 'publicity.published', planId);
	});
}

type CheckOff = Omit<v.InferOutput<typeof schemas.checkOff>, 'file'> & { upload?: Upload | undefined };

/** Checks a measure off, with what came of it and a file that proves it. @throws conflict publicity.not-published | measure.done, invalid publicity.done-ahead | file.…, not-found publicity.not-found | measure.not-found */
export function checkOff(ctx: SignedIn, input: CheckOff): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { planId, itemId, doneOn, doneText, upload } = input;
		const plan = await lockPlan(ctx, planId);
		if (plan.state !== 'published') throw conflict('publicity.not-published');
		if (doneOn > dateOf(ctx.now)) throw invalid('publicity.done-ahead', { field: 'doneOn' });
		const [item] = await ctx.db
			.select({ doneOn: publicityItems.doneOn })
			.from(publicityItems)
			.where(and(eq(publicityItems.planId, planId), eq(publicityItems.id, itemId)));
		if (!item) throw notFound('measure');
		if (item.doneOn) throw conflict('measure.done');
		if (upload) {
			const fileId = await keepFile(ctx, upload, { types: evidenceTypes });
			await ctx.db.insert(publicityEvidence).values({ itemId, fileId });
		}
		await ctx.db
			.update(publicityItems)
			.set({ doneOn, doneText, doneBy: ctx.actor.personId })
			.where(eq(publicityItems.id, itemId));
		await record(ctx, 'publicity.measure-done', planId, { itemId, doneOn });
	});
}

async function lockDraft(ctx: SignedIn, planId: string) {
	const plan = await lockPlan(ctx, planId);
	if (plan.state === 'published') throw conflict('publicity.published');
	return plan;
}

/** A file that proves a measure. @throws not-found publicity.not-found | file.not-found */
export async function readProof(ctx: Context, planId: string, fileId: string): Promise<KeptFile> {
	const plan = await getPlan(ctx, planId);
	const [found] = isId(fileId)
		? await ctx.db
				.select({ fileId: publicityEvidence.fileId })
				.from(publicityEvidence)
				.innerJoin(publicityItems, eq(publicityItems.id, publicityEvidence.itemId))
				.where(and(eq(publicityItems.planId, plan.id), eq(publicityEvidence.fileId, fileId)))
		: [];
	if (!found) throw notFound('file');
	return readFile(ctx, found.fileId);
}
