import { Readable } from 'node:stream';
import * as v from 'valibot';
import { m } from '#lib/paraglide/messages.js';
import { exchangeFormats } from '#lib/schemas/question-exchange.ts';
import { questionFilter } from '#lib/schemas/questions.ts';
import { exportQuestions } from '#lib/server/questions/exchange/export-questions.ts';
import { formats } from '#lib/server/questions/formats/all-formats.ts';
import { attachment } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

const wanted = v.fallback(v.picklist(exchangeFormats), 'xlsx');

export const GET: RequestHandler = async ({ locals: { ctx }, url }) => {
	const { format: said, ...query } = Object.fromEntries(url.searchParams);
	const format = v.parse(wanted, said);
	const { pieces } = await exportQuestions(ctx, { filter: v.parse(questionFilter, query), format });
	const { extension, mediaType } = formats[format];
	return new Response(Readable.toWeb(Readable.from(pieces)) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': mediaType,
			'content-disposition': attachment(`${m.formats_export_file()}.${extension}`),
			'cache-control': 'private, no-store'
		}
	});
};
