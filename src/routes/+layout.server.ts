import { env } from '#lib/server/platform/env.ts';
import { takeFlash } from '#lib/server/web/flash.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, cookies }) => ({
	viewer: locals.viewer,
	zone: env.MINGFA_TIMEZONE,
	flash: takeFlash(cookies)
});
