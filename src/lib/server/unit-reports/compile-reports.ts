import type { Context } from '../platform/context.ts';
import { getCycle, listAccepted, listReports } from './cycle-queries.ts';

/** What a compiled report is made of: the accepted versions of a round, and who is missing. @throws not-found cycle.not-found */
export async function compileReports(ctx: Context, cycleId: string) {
	const cycle = await getCycle(ctx, cycleId);
	const [accepted, reports] = await Promise.all([listAccepted(ctx, cycle.id), listReports(ctx, { cycleId: cycle.id })]);
	const missing = reports.filter(({ state }) => state !== 'accepted').map(({ unit }) => unit);
	return { cycleId: cycle.id, round: { unit: cycle.unit, year: cycle.year, missing }, accepted };
}
