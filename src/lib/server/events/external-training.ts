import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { externalTrainings } from '#db/schema/events.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { grantHours } from '../hours/grant-hours.ts';
import { reverseHours } from '../hours/reverse-hours.ts';
import { notify } from '../notifications/notify.ts';
import { getPerson } from '../people/queries.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf, startOfDay, yearOf } from '../platform/dates.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { proofs } from '../platform/files/file-type.ts';
import { keepFile, type Upload } from '../platform/files/keep-file.ts';
import { isId, newId } from '../platform/ids.ts';

export type ExternalTraining = typeof externalTrainings.$inferSelect;

/** Reports training that the actor had elsewhere, with its proof: it counts once it is confirmed. @returns its id @throws invalid training.in-future | file.… at `proof` */
export function reportTraining(
	ctx: SignedIn,
	{ startsOn, endsOn, ...input }: Omit<v.InferOutput<typeof schemas.reportTraining>, 'proof'>,
	proof: Upload
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		if (endsOn > dateOf(ctx.now)) throw invalid('training.in-future', { field: 'endsOn' });
		const id = newId();
		const proofId = await keepFile(ctx, proof, { types: proofs, field: 'proof' });
		await ctx.db.insert(externalTrainings).values({
			id,
			personId: ctx.actor.personId,
			...input,
			startsAt: startOfDay(startsOn),
			endsAt: startOfDay(endsOn),
			proofId,
			reportedAt: ctx.now
		});
		await record(ctx, 'training.reported', id, { hours: input.hours });
		return id;
	});
}

/** Confirms training that somebody reported, and grants its hours in the year in which it ended. Nobody confirms their own. @throws conflict training.decided, forbidden access.own-case, not-found training.not-found */
export function confirmTraining(
	ctx: SignedIn,
	{ trainingId, hours, hourCategory }: v.InferOutput<typeof schemas.confirmTraining>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const training = await lockTraining(ctx, trainingId);
		if (training.state !== 'reported') throw conflict('training.decided');
		const { unitId } = await getPerson(ctx, training.personId, 'hours:confirm');
		await decide(ctx, training, { state: 'confirmed', hours, hourCategory, unitId });
		await grantHours(ctx, {
			...{ personId: training.personId, unitId, category: hourCategory, hours },
			...{ source: 'external', sourceId: trainingId, year: yearOf(training.endsAt) }
		});
		await record(ctx, 'training.confirmed', trainingId, { personId: training.personId, hours });
	});
}

/** Refuses training that somebody reported, with a reason that they read. @throws as confirmTraining */
export function refuseTraining(
	ctx: SignedIn,
	{ trainingId, because }: v.InferOutput<typeof schemas.refuseTraining>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const training = await lockTraining(ctx, trainingId);
		if (training.state !== 'reported') throw conflict('training.decided');
		await decide(ctx, training, { state: 'refused', decidedBecause: because });
		await record(ctx, 'training.refused', trainingId, { personId: training.personId });
	});
}

/** Takes back what was confirmed, with a reason: its hours are reversed. @throws conflict training.not-confirmed, otherwise as confirmTraining */
export function revokeTraining(
	ctx: SignedIn,
	{ trainingId, because }: v.InferOutput<typeof schemas.refuseTraining>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const training = await lockTraining(ctx, trainingId);
		if (training.state !== 'confirmed') throw conflict('training.not-confirmed');
		await decide(ctx, training, { state: 'revoked', decidedBecause: because });
		await reverseHours(ctx, {
			...{ personIds: [training.personId], source: 'external' as const, sourceId: trainingId },
			because
		});
		await record(ctx, 'training.revoked', trainingId, { personId: training.personId });
	});
}

/** Takes the row of what somebody else reported, of people within reach. @throws not-found training.not-found, forbidden access.own-case */
async function lockTraining(ctx: SignedIn, id: string): Promise<ExternalTraining> {
	const [training] = isId(id)
		? await ctx.db.select().from(externalTrainings).where(eq(externalTrainings.id, id)).for('update')
		: [];
	if (!training) throw notFound('training');
	await getPerson(ctx, training.personId, 'hours:confirm').catch(() => {
		throw notFound('training');
	});
	demandNotOwn(ctx, training.personId);
	return training;
}

async function decide(
	ctx: SignedIn,
	{ id, personId, title }: ExternalTraining,
	decision: Partial<typeof externalTrainings.$inferInsert> & { state: 'confirmed' | 'refused' | 'revoked' }
): Promise<void> {
	await ctx.db
		.update(externalTrainings)
		.set({ decidedBy: ctx.actor.personId, decidedAt: ctx.now, ...decision })
		.where(eq(externalTrainings.id, id));
	await notify(ctx, [personId], {
		kind: `training_${decision.state}`,
		occasion: `${id} ${decision.state}`,
		href: '/record/external',
		values: { title: { 'zh-CN': title, en: title }, because: decision.decidedBecause ?? '' }
	});
}
