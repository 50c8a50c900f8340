import { and, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentCycles, assessmentReviews, assessmentUnits } from '#db/schema/assessments.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { demandWithin } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, notFound } from '../../platform/errors.ts';
import { demandGoes } from './cycle-state.ts';
import { type Cycle, lockCycle } from './read-cycle.ts';

type OneCycle = v.InferOutput<typeof schemas.oneCycle>;

/** Gives the draft to the units: each that reviews and has people is told. @throws conflict cycle.wrong-state, not-found cycle */
export function beginReviews(ctx: SignedIn, { cycle: id }: OneCycle): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const cycle = await lockCycle(ctx, id, 'result:confirm');
		demandGoes(cycle.state, 'unit-review');
		if (cycle.results === 0) throw conflict('cycle.no-results');
		await ctx.db.execute(sql`
			insert into ${assessmentReviews} (cycle_id, unit_id)
			select distinct ${id}::uuid, review_unit_id from ${assessmentUnits} where cycle_id = ${id} and own > 0
			on conflict do nothing`);
		await ctx.db
			.update(assessmentCycles)
			.set({ state: 'unit-review', reviewingAt: ctx.now })
			.where(eq(assessmentCycles.id, id));
		await record(ctx, 'cycle.unit-review', id, { results: cycle.results });
		await tellReviewers(ctx, cycle, null, 'review_opened');
	});
}

/**
 * A unit has reviewed its people. From then on it changes nothing, unless HR gives the review back.
 * @throws conflict review.submitted | cycle.wrong-state, not-found review
 */
export function submitReview(
	ctx: SignedIn,
	{ cycle: id, unitId }: v.InferOutput<typeof schemas.submitReview>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { cycle, review } = await lockReview(ctx, id, unitId, 'result:review');
		if (cycle.state !== 'unit-review') throw conflict('cycle.wrong-state');
		if (review.submittedAt) throw conflict('review.submitted');
		await ctx.db
			.update(assessmentReviews)
			.set({ submittedBy: ctx.actor.personId, submittedAt: ctx.now })
			.where(and(eq(assessmentReviews.cycleId, id), eq(assessmentReviews.unitId, unitId)));
		await record(ctx, 'review.submitted', id, { unitId });
	});
}

/** HR gives a review back with a remark; the cycle goes back to the units if it had gone on. @throws conflict cycle.wrong-state | review.open */
export function returnReview(
	ctx: SignedIn,
	{ cycle: id, unitId, reason }: v.InferOutput<typeof schemas.returnReview>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockCycle(ctx, id, 'result:confirm');
		const { cycle, review } = await lockReview(ctx, id, unitId, 'result:confirm');
		if (cycle.state !== 'unit-review' && cycle.state !== 'hr-review') throw conflict('cycle.wrong-state');
		if (!review.submittedAt) throw conflict('review.open');
		await ctx.db
			.update(assessmentReviews)
			.set({ submittedBy: null, submittedAt: null, returnedBecause: reason, remindedAt: null })
			.where(and(eq(assessmentReviews.cycleId, id), eq(assessmentReviews.unitId, unitId)));
		if (cycle.state === 'hr-review') {
			await ctx.db.update(assessmentCycles).set({ state: 'unit-review' }).where(eq(assessmentCycles.id, id));
		}
		await record(ctx, 'review.returned', id, { unitId });
		await tellReviewers(ctx, cycle, [unitId], 'review_returned');
	});
}

/** Reminds the units whose review is still open. @returns how many units @throws conflict cycle.wrong-state | cycle.nothing-open */
export function remindReviewers(
	ctx: SignedIn,
	{ cycle: id, units: chosen }: v.InferOutput<typeof schemas.remind>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const cycle = await lockCycle(ctx, id, 'result:confirm');
		if (cycle.state !== 'unit-review') throw conflict('cycle.wrong-state');
		const open = await ctx.db
			.select({ unitId: assessmentReviews.unitId })
			.from(assessmentReviews)
			.where(and(eq(assessmentReviews.cycleId, id), isNull(assessmentReviews.submittedAt)));
		const unitIds = open.map(({ unitId }) => unitId).filter((unit) => chosen.length === 0 || chosen.includes(unit));
		if (unitIds.length === 0) throw conflict('cycle.nothing-open');
		await ctx.db.execute(sql`
			update ${assessmentReviews} set reminded_at = ${ctx.now} where cycle_id = ${id} and unit_id = any(${sql.param(unitIds)}::uuid[])`);
		await tellReviewers(ctx, cycle, unitIds, 'review_reminded');
		await record(ctx, 'review.reminded', id, { units: unitIds.length });
		return unitIds.length;
	});
}

/** HR takes over: reviews that were not handed in stand as they are. @throws conflict cycle.wrong-state */
export function beginHrReview(ctx: SignedIn, { cycle: id }: OneCycle): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const cycle = await lockCycle(ctx, id, 'result:confirm');
		demandGoes(cycle.state, 'hr-review');
		await ctx.db
			.update(assessmentCycles)
			.set({ state: 'hr-review', reviewedAt: ctx.now })
			.where(eq(assessmentCycles.id, id));
		const open = await ctx.db
			.select({ unitId: assessmentReviews.unitId })
			.from(assessmentReviews)
			.where(and(eq(assessmentReviews.cycleId, id), isNull(assessmentReviews.submittedAt)));
		await record(ctx, 'cycle.hr-review', id, { notReviewed: open.map(({ unitId }) => unitId) });
	});
}

async function lockReview(ctx: Context, cycleId: string, unitId: string, ability: 'result:review' | 'result:confirm') {
	const [found] = await ctx.db
		.select({ review: assessmentReviews, cycle: assessmentCycles, path: units.path })
		.from(assessmentReviews)
		.innerJoin(assessmentCycles, eq(assessmentCycles.id, assessmentReviews.cycleId))
		.innerJoin(units, eq(units.id, assessmentReviews.unitId))
		.where(and(eq(assessmentReviews.cycleId, cycleId), eq(assessmentReviews.unitId, unitId)))
		.for('update', { of: assessmentReviews });
	demandWithin(ctx, ability, found?.path, 'review');
	if (!found) throw notFound('review');
	return found;
}

/** Tells those who hold the review of these units (of all, where none are named): liaisons and leaders of the unit itself. */
async function tellReviewers(
	ctx: Context,
	cycle: Pick<Cycle, 'id' | 'year' | 'reviewsDueOn'>,
	unitIds: string[] | null,
	kind: 'review_opened' | 'review_returned' | 'review_reminded'
): Promise<void> {
	const { rows } = await ctx.db.execute<{ personId: string }>(sql`
		select distinct g.person_id as "personId" from assessment_reviews r join grants g on g.unit_id = r.unit_id
		where r.cycle_id = ${cycle.id} and g.role in ('liaison', 'leader', 'hr') and g.revoked_at is null
			and g.starts_on <= ${dateOf(ctx.now)} and (g.ends_on is null or g.ends_on > ${dateOf(ctx.now)})
			and (${unitIds === null} or r.unit_id = any(${sql.param(unitIds ?? [])}::uuid[]))`);
	await notify(
		ctx,
		rows.map(({ personId }) => personId),
		{
			kind,
			occasion: `${cycle.id} ${kind} ${dateOf(ctx.now)}`,
			href: `/manage/results/${cycle.id}/units`,
			values: { year: cycle.year, date: cycle.reviewsDueOn }
		}
	);
}
