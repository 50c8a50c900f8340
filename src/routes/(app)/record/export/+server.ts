import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { exportRecord } from '#lib/server/records/export/export-record.ts';
import { zipResponse } from '#lib/server/web/zip-response.ts';
import type { RequestHandler } from './$types';

/** All of one's own record, to keep. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const ctx = locals.ctx as SignedIn;
	const archive = await exportRecord(ctx, { origin: url.origin, locale: getLocale() });
	return zipResponse(m.records_export_file({ date: dateOf(ctx.now) }), archive);
};
