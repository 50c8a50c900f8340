import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentAdjustments, assessmentComments } from '#db/schema/assessment-results.ts';
import { assessmentReviews } from '#db/schema/assessments.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { can, demandNotOwn } from '../access/scope.ts';
import { record, recordAll } from '../audit/record.ts';
import { batchesOf } from '../platform/batches.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { type Change, changed } from './change-rule.ts';
import { type LockedResult, lockResults } from './lock-result.ts';
import { findScheme } from './schemes/read-scheme.ts';

type Stage = (typeof assessmentAdjustments.$inferInsert)['stage'];

/**
 * Adjusts one result with a reason: in the review of the unit whoever reviews it, in that of HR whoever confirms.
 * @throws conflict cycle.wrong-state | review.submitted, invalid result.nothing-changed, forbidden access.own-case, not-found result
 */
export function adjustResult(
	ctx: SignedIn,
	{ resultId, reason, ...change }: v.InferOutput<typeof schemas.adjust>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [found] = await lockResults(ctx, [resultId]);
		if (!found || !mayReview(ctx, found)) throw notFound('result');
		demandNotOwn(ctx, found.result.personId);
		const stage = await demandStage(ctx, found);
		if ((await applyChange(ctx, [found], change, { stage, reason })).length === 0)
			throw invalid('result.nothing-changed', { field: 'points' });
	});
}

/**
 * The same change with the same reason for many. One's own, and those beyond reach, are passed over.
 * @returns how many were changed @throws conflict cycle.wrong-state | review.submitted, invalid result.nothing-changed
 */
export function adjustResults(
	ctx: SignedIn,
	{ cycle, resultIds, reason, ...change }: v.InferOutput<typeof schemas.adjustMany>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const found = (await lockResults(ctx, resultIds)).filter(
			(each) => each.result.cycleId === cycle && each.result.personId !== ctx.actor.personId && mayReview(ctx, each)
		);
		if (found.length === 0) throw notFound('result');
		const stages: Stage[] = [];
		for (const [, ofUnit] of Map.groupBy(found, ({ reviewUnitId }) => reviewUnitId))
			stages.push(await demandStage(ctx, ofUnit[0]!));
		const done = await applyChange(ctx, found, change, { stage: stages[0]!, reason });
		if (done.length === 0) throw invalid('result.nothing-changed', { field: 'points' });
		return done.length;
	});
}

/** Writes a word beside a result. @throws conflict cycle.wrong-state, not-found result */
export function commentResult(ctx: SignedIn, { resultId, text }: v.InferOutput<typeof schemas.comment>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const [found] = await lockResults(ctx, [resultId]);
		if (!found || !(can(ctx.actor, 'result:review', found.path) || can(ctx.actor, 'result:confirm', found.path)))
			throw notFound('result');
		if (!['unit-review', 'hr-review', 'published'].includes(found.state)) throw conflict('cycle.wrong-state');
		const id = newId();
		await ctx.db
			.insert(assessmentComments)
			.values({ id, resultId, text, writtenBy: ctx.actor.personId, writtenAt: ctx.now });
		await record(ctx, 'result.commented', resultId);
	});
}

const mayReview = ({ actor }: Context, { state, path }: LockedResult): boolean =>
	can(actor, state === 'hr-review' ? 'result:confirm' : 'result:review', path);

/** In which review a result stands. @throws conflict cycle.wrong-state | review.submitted */
async function demandStage({ db }: Context, { result, state, reviewUnitId }: LockedResult): Promise<Stage> {
	if (state === 'hr-review') return 'hr-review';
	if (state !== 'unit-review') throw conflict('cycle.wrong-state');
	const submitted = await db
		.select({ at: assessmentReviews.submittedAt })
		.from(assessmentReviews)
		.where(
			and(
				eq(assessmentReviews.cycleId, result.cycleId),
				eq(assessmentReviews.unitId, reviewUnitId),
				isNotNull(assessmentReviews.submittedAt)
			)
		);
	if (submitted.length > 0) throw conflict('review.submitted');
	return 'unit-review';
}

/** Changes results and appends what they were, what they became, and why. @returns those that changed */
export async function applyChange(
	ctx: SignedIn,
	found: readonly LockedResult[],
	change: Change,
	{ stage, reason }: { stage: Stage; reason: string }
): Promise<string[]> {
	const made: (typeof assessmentAdjustments.$inferInsert)[] = [];
	for (const [schemeId, ofScheme] of Map.groupBy(found, ({ result }) => result.schemeId)) {
		const scheme = await findScheme(ctx, schemeId);
		for (const { result } of ofScheme) {
			const next = changed(result, change, scheme!.rule);
			if (!next) continue;
			made.push({
				id: newId(),
				resultId: result.id,
				stage,
				fromScore: result.score,
				toScore: next.score,
				fromBand: result.band,
				toBand: next.band,
				reason,
				adjustedBy: ctx.actor.personId,
				adjustedAt: ctx.now
			});
		}
	}
	for (const rows of batchesOf(made)) {
		await ctx.db.insert(assessmentAdjustments).values(rows);
		await ctx.db.execute(sql`
			update assessment_results r set score = n."toScore", band = n."toBand"
			from json_to_recordset(${JSON.stringify(rows)}::json) as n ("resultId" uuid, "toScore" numeric, "toBand" assessment_band) where r.id = n."resultId"`);
	}
	await recordAll(
		ctx,
		'result.adjusted',
		made.map(({ resultId, fromScore, toScore, fromBand, toBand }) => ({
			subjectId: resultId,
			details: { stage, from: [fromScore, fromBand], to: [toScore, toBand] }
		}))
	);
	return made.map(({ resultId }) => resultId);
}
