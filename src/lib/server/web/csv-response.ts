import { attachment } from './xlsx-response.ts';

/** A CSV file to save, sent while it is being written. @param fileName without its ending, in the reader's language */
export function csvResponse(fileName: string, body: ReadableStream<Uint8Array>): Response {
	return new Response(body, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': attachment(`${fileName}.csv`),
			'cache-control': 'private, no-store'
		}
	});
}
