import { compareItems } from '#lib/server/unit-reports/plan/compare-items.ts';
import { getPlan, listItems, listPlans } from '#lib/server/unit-reports/plan/queries.ts';
import type { PageServerLoad } from './$types';

/** Two plans side by side: with the one that is asked for, else with the one that it was copied from, else the latest other. */
export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
	const plan = await getPlan(ctx, params.plan);
	const others = (await listPlans(ctx)).filter(({ id }) => id !== plan.id);
	const asked = url.searchParams.get('with') ?? plan.copiedFromId;
	const other = others.find(({ id }) => id === asked) ?? others[0] ?? null;
	const [after, before] = await Promise.all([listItems(ctx, plan.id), other ? listItems(ctx, other.id) : []]);
	const isItem = ({ asks }: { asks: unknown }) => asks !== null;
	return { plan, others, other, rows: other ? compareItems(before.filter(isItem), after.filter(isItem)) : [] };
};
