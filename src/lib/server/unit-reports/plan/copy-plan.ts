import type { Localized } from '#db/schema/columns.ts';
import { workPlans } from '#db/schema/work-plans.ts';
import { record } from '../../audit/record.ts';
import { demandWithin } from '../../access/scope.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { addMonths } from '../../platform/dates.ts';
import { newId } from '../../platform/ids.ts';
import { keepItem } from './keep-item.ts';
import { getPlan, listItems } from './queries.ts';

/** A title with every year that the plan is for moved by as many years. */
function inOtherYears(
	title: Localized,
	{ fromYear, toYear }: { fromYear: number; toYear: number },
	later: number
): Localized {
	const moved = (words: string) =>
		words.replace(/\d{4}/g, (year) => (+year >= fromYear && +year <= toYear ? String(+year + later) : year));
	return { 'zh-CN': moved(title['zh-CN']), en: moved(title.en) };
}

/**
 * Copies a plan to other years, as a draft: as many years, every deadline and every year in its title as much later. The items keep their lineage, by which the
 * years are compared.
 * @returns id of the copy @throws not-found plan.not-found
 */
export function copyPlan(ctx: SignedIn, { planId, fromYear }: { planId: string; fromYear: number }): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { unitId, unitPath, title, basis, ...plan } = await getPlan(ctx, planId);
		demandWithin(ctx, 'plan:edit', unitPath, 'plan');
		const later = fromYear - plan.fromYear;
		const id = newId();
		await ctx.db.insert(workPlans).values({
			...{
				id,
				unitId,
				title: inOtherYears(title, plan, later),
				basis,
				fromYear,
				toYear: plan.toYear + later,
				copiedFromId: planId
			},
			...{ createdBy: ctx.actor.personId, createdAt: ctx.now }
		});

		const copies = new Map<string, string>();
		for (const { id: itemId, parentId, lineage, position, units, ...item } of await listItems(ctx, planId)) {
			const named = (part: 'lead' | 'assist') => units.filter((unit) => unit.part === part).map(({ name }) => name);
			const copy = await keepItem(
				ctx,
				{ planId: id, unitPath, parentId: copies.get(parentId ?? '') ?? null, position, lineage },
				{
					...{ title: item.title, asks: item.asks, standard: item.standard, points: item.points },
					dueOn: item.dueOn && addMonths(item.dueOn, 12 * later),
					lead: named('lead'),
					assist: named('assist')
				}
			);
			copies.set(itemId, copy);
		}
		await record(ctx, 'plan.copied', id, { from: planId, fromYear });
		return id;
	});
}
