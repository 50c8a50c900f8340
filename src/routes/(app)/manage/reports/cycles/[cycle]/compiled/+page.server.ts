import { compileReports } from '#lib/server/unit-reports/compile-reports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx }, params }) => compileReports(ctx, params.cycle);
