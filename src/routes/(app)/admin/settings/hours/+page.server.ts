import { demandEverywhere } from '#lib/server/access/scope.ts';
import { listAllTargets } from '#lib/server/hours/targets.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	demandEverywhere(ctx, 'settings:edit');
	const year = yearOf(ctx.now);
	const targets = await listAllTargets(ctx);
	const lasts = ({ target: { validUntil } }: (typeof targets)[number]) => (validUntil ?? year) >= year;
	return { targets: targets.filter(lasts), former: targets.filter((each) => !lasts(each)) };
};
