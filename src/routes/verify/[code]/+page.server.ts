import { checkCode } from '#lib/server/certificates/check-code.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx, address }, params, setHeaders }) => {
	setHeaders({ 'x-robots-tag': 'noindex, nofollow', 'referrer-policy': 'no-referrer' });
	const found = await checkCode(ctx, params.code, address);
	return { code: params.code, found: found ?? null, checkedAt: ctx.now };
};
