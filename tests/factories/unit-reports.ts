import type { Context, SignedIn } from '#lib/server/platform/context.ts';
import type { Role } from '#lib/server/platform/roles.ts';
import { createPlan } from '#lib/server/unit-reports/plan/create-plan.ts';
import { publishPlan } from '#lib/server/unit-reports/plan/change-plan.ts';
import { aPerson } from './people.ts';
import { as, theProvince, type Unit } from './units.ts';

/** Somebody who holds a role over a unit and works there. */
export async function holderAt(ctx: Context, role: Role, unit: Unit): Promise<SignedIn> {
	return as(ctx, (await aPerson(ctx, { unit })).id, { role, unit });
}

/** The legal division of a unit; of the province unless told. */
export const aLegalDivision = async (ctx: Context, unit?: Unit): Promise<SignedIn> =>
	holderAt(ctx, 'legal', unit ?? (await theProvince(ctx)));

type PlanValues = { unit?: Unit; year?: number; start?: 'provincial' | 'empty'; title?: string };

/** A work plan of one year with the sixteen items, as a draft. */
export async function aPlanDraft(ctx: Context, { unit, year = 2026, start = 'provincial', title }: PlanValues = {}) {
	const owner = unit ?? (await theProvince(ctx));
	const legal = await aLegalDivision(ctx, owner);
	const planId = await createPlan(legal, {
		...{ unitId: owner.id, titleZh: title ?? `${year}年依法行政工作计划`, titleEn: null, basis: '' },
		...{ fromYear: year, toYear: year, start }
	});
	return { planId, legal, unit: owner };
}

/** The same, published. */
export async function aPublishedPlan(ctx: Context, values: PlanValues = {}) {
	const made = await aPlanDraft(ctx, values);
	await publishPlan(made.legal, { planId: made.planId });
	return made;
}
