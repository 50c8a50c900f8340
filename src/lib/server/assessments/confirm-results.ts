import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentAmendments, assessmentResults } from '#db/schema/assessments.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { demandNotOwn, demandWithin, within } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { notify } from '../notifications/notify.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { getUnit } from '../units/queries.ts';

type Result = typeof assessmentResults.$inferSelect;

/**
 * Confirms results as they were proposed: the chosen ones, or all of a unit and below. One's own, and those confirmed
 * meanwhile, are passed over.
 * @returns how many were confirmed @throws conflict result.nothing-open
 */
export function confirmResults(
	ctx: SignedIn,
	{ resultIds, all, year, unitId }: v.InferOutput<typeof schemas.confirmResults>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const unit = await getUnit(ctx, unitId, 'result:confirm');
		const chosen = all ? undefined : inArray(assessmentResults.id, resultIds);
		const rows = await ctx.db
			.select({ result: assessmentResults })
			.from(assessmentResults)
			.innerJoin(units, eq(units.id, assessmentResults.unitId))
			.where(
				and(
					eq(assessmentResults.year, year),
					sql`${units.path} <@ ${unit.path}::ltree`,
					isNull(assessmentResults.confirmedAt),
					within(ctx.actor, 'result:confirm', units.path),
					chosen
				)
			)
			.orderBy(assessmentResults.id)
			.for('update', { of: assessmentResults });
		const open = rows.map(({ result }) => result).filter(({ personId }) => personId !== ctx.actor.personId);
		if (open.length === 0) throw conflict('result.nothing-open');

		const confirmed = JSON.stringify(open.map(({ id }) => id));
		await ctx.db
			.update(assessmentResults)
			.set({
				confirmedBand: sql`${assessmentResults.proposedBand}`,
				confirmedBy: ctx.actor.personId,
				confirmedAt: ctx.now
			})
			.where(sql`${assessmentResults.id} in (select value::uuid from json_array_elements_text(${confirmed}::json))`);
		await tell(ctx, open);
		await record(ctx, 'results.confirmed', unit.id, {
			year,
			people: open.length,
			resultIds: all ? 'all' : open.map(({ id }) => id)
		});
		return open.length;
	});
}

/**
 * Confirms one result, with a reason where it differs from the proposal.
 * @throws invalid result.reason-needed, conflict result.confirmed, forbidden access.own-case, not-found result
 */
export function decideResult(
	ctx: SignedIn,
	{ resultId, band, reason }: v.InferOutput<typeof schemas.decideResult>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const result = await lockResult(ctx, resultId);
		if (result.confirmedAt) throw conflict('result.confirmed');
		if (band !== result.proposedBand && reason === '') throw invalid('result.reason-needed', { field: 'reason' });

		await ctx.db
			.update(assessmentResults)
			.set({ confirmedBand: band, reason: reason || null, confirmedBy: ctx.actor.personId, confirmedAt: ctx.now })
			.where(eq(assessmentResults.id, resultId));
		await tell(ctx, [result]);
		await record(ctx, 'result.decided', resultId, { band, proposed: result.proposedBand });
	});
}

/**
 * Corrects a confirmed result: appends an amendment with its reason. The newest amendment holds, the result itself stays.
 * @throws conflict result.not-confirmed | result.same-band, forbidden access.own-case, not-found result
 */
export function amendResult(
	ctx: SignedIn,
	{ resultId, band, reason }: v.InferOutput<typeof schemas.amendResult>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const result = await lockResult(ctx, resultId);
		if (!result.confirmedBand) throw conflict('result.not-confirmed');
		const [latest] = await ctx.db
			.select()
			.from(assessmentAmendments)
			.where(eq(assessmentAmendments.resultId, resultId))
			.orderBy(desc(assessmentAmendments.amendedAt), desc(assessmentAmendments.id))
			.limit(1);
		const fromBand = latest?.toBand ?? result.confirmedBand;
		if (fromBand === band) throw conflict('result.same-band', { field: 'band' });

		const amendment = {
			id: newId(),
			resultId,
			fromBand,
			toBand: band,
			reason,
			amendedBy: ctx.actor.personId,
			amendedAt: ctx.now
		};
		await ctx.db.insert(assessmentAmendments).values(amendment);
		await notify(ctx, [result.personId], {
			kind: 'result_confirmed',
			occasion: amendment.id,
			href: '/record',
			values: { year: result.year }
		});
		await record(ctx, 'result.amended', resultId, { from: fromBand, to: band });
	});
}

async function lockResult(ctx: Context, id: string): Promise<Result> {
	const [found] = await ctx.db
		.select({ result: assessmentResults, path: units.path })
		.from(assessmentResults)
		.innerJoin(units, eq(units.id, assessmentResults.unitId))
		.where(eq(assessmentResults.id, id))
		.for('update', { of: assessmentResults });
	demandWithin(ctx, 'result:confirm', found?.path, 'result');
	if (!found) throw notFound('result');
	demandNotOwn(ctx, found.result.personId);
	return found.result;
}

async function tell(ctx: Context, results: Result[]): Promise<void> {
	for (const [year, group] of Map.groupBy(results, (result) => result.year)) {
		const people = group.map(({ personId }) => personId);
		await notify(ctx, people, { kind: 'result_confirmed', occasion: String(year), href: '/record', values: { year } });
	}
}
