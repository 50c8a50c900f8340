import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentAdjustments, assessmentObjections } from '#db/schema/assessment-results.ts';
import { assessmentCycles } from '#db/schema/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { can, demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, forbidden, invalid, notFound, violatedConstraint } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { applyChange } from './adjust-results.ts';
import { type LockedResult, lockResults } from './lock-result.ts';

/**
 * A person objects to their own published result, in time and once at a time.
 * @throws conflict objection.over | objection.open | cycle.wrong-state, not-found result
 */
export async function raiseObjection(
	ctx: SignedIn,
	{ resultId, reason }: v.InferOutput<typeof schemas.raiseObjection>
): Promise<void> {
	try {
		await atomically(ctx, async (ctx) => {
			const [found] = await lockResults(ctx, [resultId]);
			if (!found || found.result.personId !== ctx.actor.personId) throw notFound('result');
			if (found.state !== 'published') throw conflict('cycle.wrong-state');
			const until = await lastDay(ctx, found);
			if (dateOf(ctx.now) > until) throw conflict('objection.over', { values: { date: until } });
			const id = newId();
			await ctx.db.insert(assessmentObjections).values({ id, resultId, reason, raisedAt: ctx.now });
			await record(ctx, 'objection.raised', id, { resultId });
			await tellDeciders(ctx, found, id);
		});
	} catch (error) {
		if (violatedConstraint(error) === 'assessment_objections_one_open') throw conflict('objection.open');
		throw error;
	}
}

/** The person takes an objection back that has not been decided. @throws conflict objection.decided | cycle.wrong-state, not-found objection */
export function withdrawObjection(
	ctx: SignedIn,
	{ objectionId }: v.InferOutput<typeof schemas.withdrawObjection>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { objection, found } = await lockObjection(ctx, objectionId);
		if (found.result.personId !== ctx.actor.personId) throw notFound('objection');
		demandOpen(objection, found);
		await ctx.db
			.update(assessmentObjections)
			.set({ state: 'withdrawn', decidedAt: ctx.now })
			.where(eq(assessmentObjections.id, objectionId));
		await record(ctx, 'objection.withdrawn', objectionId);
	});
}

/**
 * Decides an objection with an answer; one that is upheld changes the result. Neither the person nor whoever adjusted the result
 * decides.
 * @throws conflict objection.decided | cycle.wrong-state, invalid objection.no-change | objection.changes-nothing, forbidden access.own-case | objection.own-adjustment, not-found objection
 */
export function decideObjection(
	ctx: SignedIn,
	{ objectionId, verdict, answer, ...change }: v.InferOutput<typeof schemas.decideObjection>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { objection, found } = await lockObjection(ctx, objectionId);
		if (!can(ctx.actor, 'result:confirm', found.path)) throw notFound('objection');
		demandNotOwn(ctx, found.result.personId);
		demandOpen(objection, found);
		const own = await ctx.db
			.select({ id: assessmentAdjustments.id })
			.from(assessmentAdjustments)
			.where(
				and(
					eq(assessmentAdjustments.resultId, found.result.id),
					eq(assessmentAdjustments.adjustedBy, ctx.actor.personId)
				)
			)
			.limit(1);
		if (own.length > 0) throw forbidden('objection.own-adjustment');
		if (verdict === 'dismissed' && (change.points !== 0 || change.band !== ''))
			throw invalid('objection.changes-nothing', { field: 'verdict' });

		if (verdict === 'upheld') {
			const done = await applyChange(ctx, [found], change, { stage: 'objection', reason: answer });
			if (done.length === 0) throw invalid('objection.no-change', { field: 'points' });
		}
		await ctx.db
			.update(assessmentObjections)
			.set({ state: verdict, answer, decidedBy: ctx.actor.personId, decidedAt: ctx.now })
			.where(eq(assessmentObjections.id, objectionId));
		await record(ctx, 'objection.decided', objectionId, { verdict });
		await notify(ctx, [found.result.personId], {
			kind: 'objection_decided',
			occasion: objectionId,
			href: `/record/results/${found.result.year}`,
			values: { year: found.result.year }
		});
	});
}

async function lockObjection(ctx: Context, id: string) {
	const [objection] = await ctx.db
		.select()
		.from(assessmentObjections)
		.where(eq(assessmentObjections.id, id))
		.for('update');
	const [found] = objection ? await lockResults(ctx, [objection.resultId]) : [];
	if (!objection || !found) throw notFound('objection');
	return { objection, found };
}

function demandOpen({ state }: typeof assessmentObjections.$inferSelect, found: LockedResult): void {
	if (state !== 'open') throw conflict('objection.decided');
	if (found.state !== 'published') throw conflict('cycle.wrong-state');
}

async function lastDay({ db }: Context, { result }: LockedResult): Promise<string> {
	const [cycle] = await db
		.select({ until: assessmentCycles.objectionsUntil })
		.from(assessmentCycles)
		.where(eq(assessmentCycles.id, result.cycleId));
	return cycle!.until!;
}

/** Tells HR of the cycle's unit. */
async function tellDeciders(ctx: SignedIn, { result }: LockedResult, occasion: string): Promise<void> {
	const { rows } = await ctx.db.execute<{ personId: string }>(sql`
		select distinct g.person_id as "personId" from grants g join assessment_cycles c on c.unit_id = g.unit_id
		where c.id = ${result.cycleId} and g.role = 'hr' and g.revoked_at is null and g.person_id <> ${ctx.actor.personId}
			and g.starts_on <= ${dateOf(ctx.now)} and (g.ends_on is null or g.ends_on > ${dateOf(ctx.now)})`);
	const personIds = rows.map(({ personId }) => personId);
	await notify(ctx, personIds, {
		kind: 'objection_raised',
		occasion,
		href: `/manage/results/${result.cycleId}/${result.id}`,
		values: { year: result.year }
	});
}
