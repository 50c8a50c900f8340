import * as v from 'valibot';
import { certificateSheet } from '#lib/components/certificates/certificate-sheet.ts';
import { m } from '#lib/paraglide/messages.js';
import { certificateList } from '#lib/schemas/certificates.ts';
import { demand } from '#lib/server/access/scope.ts';
import { eachCertificate } from '#lib/server/certificates/queries.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

/** Every certificate listed, in the order of the list. */
export const GET: RequestHandler = ({ locals: { ctx }, url: { searchParams } }) => {
	demand(ctx, 'certificate:view');
	const filter = v.parse(certificateList, Object.fromEntries(searchParams));
	const sheet = certificateSheet(eachCertificate(ctx, filter), (at) => dateOf(new Date(at)));
	return xlsxResponse(ctx, m.certificates_file({ date: dateOf(ctx.now) }), sheet);
};
