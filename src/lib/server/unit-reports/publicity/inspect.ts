import { and, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { inspectionFindings, inspections, publicityPlans } from '#db/schema/publicity.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/publicity.ts';
import { record } from '../../audit/record.ts';
import { notify } from '../../notifications/notify.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { dateOf } from '../../platform/dates.ts';
import { conflict, invalid, notFound } from '../../platform/errors.ts';
import { newId, newSecret } from '../../platform/ids.ts';
import { nearestHolders } from '../../units/nearest-holders.ts';
import { getUnit } from '../../units/queries.ts';
import { getPlan, lockPlan } from './queries.ts';

/**
 * Draws so many published plans of a year by chance, from those below a unit that nobody has inspected. The order follows from a
 * seed, which is kept: whoever doubts the draw can repeat it.
 * @returns how many were drawn @throws conflict publicity.none-to-draw, not-found unit.not-found
 */
export function drawSample(ctx: SignedIn, input: v.InferOutput<typeof schemas.drawSample>): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const { unitId, year, count } = input;
		const unit = await getUnit(ctx, unitId, 'publicity:inspect');
		const seed = newSecret(16);
		const drawn = await ctx.db
			.select({ id: publicityPlans.id })
			.from(publicityPlans)
			.innerJoin(units, eq(units.id, publicityPlans.unitId))
			.where(
				sql`${publicityPlans.year} = ${year} and ${publicityPlans.state} = 'published' and ${units.path} <@ ${unit.path}::ltree and ${units.id} <> ${unit.id}
					and not exists (select 1 from inspections n where n.plan_id = ${publicityPlans.id})`
			)
			.orderBy(sql`md5(${seed} || ${publicityPlans.id}::text)`)
			.limit(count);
		if (drawn.length === 0) throw conflict('publicity.none-to-draw');
		await ctx.db.insert(inspections).values(
			drawn.map(({ id: planId }) => ({
				...{ id: newId(), planId, unitId, seed },
				...{ openedBy: ctx.actor.personId, openedAt: ctx.now }
			}))
		);
		await record(ctx, 'publicity.drawn', unitId, { year, seed, plans: drawn.map(({ id }) => id) });
		return drawn.length;
	});
}

/** Inspects a plan of one's own choice, on behalf of the unit above it. @throws not-found publicity.not-found */
export function inspectPlan(ctx: SignedIn, { planId }: v.InferOutput<typeof schemas.thePlan>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const plan = await getInspectable(ctx, planId);
		await ctx.db.insert(inspections).values({
			...{ id: newId(), planId, unitId: plan.aboveId!, openedBy: ctx.actor.personId, openedAt: ctx.now }
		});
		await record(ctx, 'publicity.inspected', planId);
	});
}

/** Writes down what an inspection found; whoever carries the plan out is told. @throws invalid report.date-past, not-found publicity.not-found | inspection.not-found */
export function writeFinding(ctx: SignedIn, input: v.InferOutput<typeof schemas.writeFinding>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { planId, inspectionId, text, answerBy } = input;
		const plan = await getInspectable(ctx, planId);
		if (answerBy < dateOf(ctx.now)) throw invalid('report.date-past', { field: 'answerBy' });
		const known = and(eq(inspections.id, inspectionId), eq(inspections.planId, planId));
		if ((await ctx.db.$count(inspections, known)) === 0) throw notFound('inspection');
		const id = newId();
		await ctx.db
			.insert(inspectionFindings)
			.values({ id, inspectionId, text, answerBy, writtenBy: ctx.actor.personId, writtenAt: ctx.now });
		await record(ctx, 'publicity.finding-written', planId, { findingId: id, answerBy });
		await notify(ctx, await nearestHolders(ctx, 'publicity:edit', plan.unitPath, [ctx.actor.personId]), {
			kind: 'inspection_found',
			occasion: id,
			href: `/manage/publicity/${planId}`,
			values: { title: { 'zh-CN': plan.title, en: plan.title }, dueOn: answerBy }
		});
	});
}

/** The unit answers a finding, once; whoever wrote it is told. @throws conflict finding.answered, not-found publicity.not-found | finding.not-found */
export function answerFinding(ctx: SignedIn, input: v.InferOutput<typeof schemas.answerFinding>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { planId, findingId, answer } = input;
		const plan = await lockPlan(ctx, planId);
		const [finding] = await ctx.db
			.select({ writtenBy: inspectionFindings.writtenBy, answeredAt: inspectionFindings.answeredAt })
			.from(inspectionFindings)
			.innerJoin(inspections, eq(inspections.id, inspectionFindings.inspectionId))
			.where(and(eq(inspectionFindings.id, findingId), eq(inspections.planId, planId)));
		if (!finding) throw notFound('finding');
		if (finding.answeredAt) throw conflict('finding.answered');
		await ctx.db
			.update(inspectionFindings)
			.set({ answer, answeredBy: ctx.actor.personId, answeredAt: ctx.now })
			.where(eq(inspectionFindings.id, findingId));
		await record(ctx, 'publicity.finding-answered', planId, { findingId });
		await notify(ctx, [finding.writtenBy], {
			kind: 'inspection_answered',
			occasion: findingId,
			href: `/manage/publicity/${planId}`,
			values: { title: { 'zh-CN': plan.title, en: plan.title } }
		});
	});
}

async function getInspectable(ctx: SignedIn, planId: string) {
	const plan = await getPlan(ctx, planId);
	if (!plan.may.inspect) throw notFound('publicity');
	return plan;
}
