import type * as v from 'valibot';
import { workPlans } from '#db/schema/work-plans.ts';
import type * as schemas from '#lib/schemas/work-plans.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { getUnit } from '../../units/queries.ts';
import { inBoth, keepItem } from './keep-item.ts';
import { provincialPlan } from './provincial-plan.ts';

/** Begins a work plan as a draft: empty, or with the sixteen items that come along. @returns its id @throws not-found unit.not-found */
export function createPlan(ctx: SignedIn, input: v.InferOutput<typeof schemas.createPlan>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { unitId, titleZh, titleEn, start, ...plan } = input;
		const unit = await getUnit(ctx, unitId, 'plan:edit');
		const id = newId();
		await ctx.db.insert(workPlans).values({
			...{ id, unitId, ...plan, title: inBoth(titleZh, titleEn) },
			...{ createdBy: ctx.actor.personId, createdAt: ctx.now }
		});
		if (start === 'provincial') await keepProvincialItems(ctx, id, unit.path, plan.toYear);
		await record(ctx, 'plan.created', id, { unitId, fromYear: plan.fromYear, toYear: plan.toYear });
		return id;
	});
}

async function keepProvincialItems(ctx: SignedIn, planId: string, unitPath: string, year: number): Promise<void> {
	for (const [index, { title, items }] of provincialPlan.entries()) {
		const heading = { title, asks: null, standard: null, points: null, dueOn: null, lead: [], assist: [] };
		const parentId = await keepItem(ctx, { planId, unitPath, parentId: null, position: index + 1 }, heading);
		for (const [place, { due, ...item }] of items.entries())
			await keepItem(ctx, { planId, unitPath, parentId, position: place + 1 }, { ...item, dueOn: `${year}-${due}` });
	}
}
