import { and, eq, isNotNull } from 'drizzle-orm';
import type * as v from 'valibot';
import { reportCycles } from '#db/schema/unit-reports.ts';
import { planItems, workPlans } from '#db/schema/work-plans.ts';
import type * as schemas from '#lib/schemas/work-plans.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { inBoth } from './keep-item.ts';
import { lockDraft, lockPlan } from './queries.ts';

/** Changes title, basis and years of a draft. @throws conflict plan.published, not-found plan.not-found */
export function changePlan(ctx: SignedIn, input: v.InferOutput<typeof schemas.changePlan>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { planId, titleZh, titleEn, ...plan } = input;
		await lockDraft(ctx, planId);
		await ctx.db
			.update(workPlans)
			.set({ ...plan, title: inBoth(titleZh, titleEn) })
			.where(eq(workPlans.id, planId));
		await record(ctx, 'plan.changed', planId);
	});
}

/** Publishes a plan: from now on everybody below sees it, and nothing in it changes. @throws conflict plan.published | plan.empty */
export function publishPlan(ctx: SignedIn, { planId }: { planId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockDraft(ctx, planId);
		const items = await ctx.db.$count(planItems, and(eq(planItems.planId, planId), isNotNull(planItems.asks)));
		if (items === 0) throw conflict('plan.empty');
		await ctx.db
			.update(workPlans)
			.set({ state: 'published', publishedAt: ctx.now, publishedBy: ctx.actor.personId })
			.where(eq(workPlans.id, planId));
		await record(ctx, 'plan.published', planId, { items });
	});
}

/** Takes a published plan back to a draft, as long as no report has been asked for by it. @throws conflict plan.in-use | plan.not-published */
export function withdrawPlan(ctx: SignedIn, { planId }: { planId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const plan = await lockPlan(ctx, planId);
		if (plan.state !== 'published') throw conflict('plan.not-published');
		if ((await ctx.db.$count(reportCycles, eq(reportCycles.planId, planId))) > 0) throw conflict('plan.in-use');
		await ctx.db
			.update(workPlans)
			.set({ state: 'draft', publishedAt: null, publishedBy: null })
			.where(eq(workPlans.id, planId));
		await record(ctx, 'plan.withdrawn', planId);
	});
}
