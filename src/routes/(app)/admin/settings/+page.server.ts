import { demandEverywhere } from '#lib/server/access/scope.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { ctx } }) => demandEverywhere(ctx, 'settings:edit');
