import type { SignedIn } from '#lib/server/platform/context.ts';
import { viewerCounts } from '#lib/server/programmes/viewer-counts.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, parent }) => {
	const { viewer } = await parent();
	return { viewer: viewer && { ...viewer, ...(await viewerCounts(locals.ctx as SignedIn)) } };
};
