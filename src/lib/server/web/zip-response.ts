import { Readable } from 'node:stream';
import { stillSpeaking } from './language.ts';
import { attachment } from './xlsx-response.ts';

/** A zip file to save, sent while it is being written. @param fileName without its ending, in the reader's language */
export function zipResponse(fileName: string, archive: AsyncIterable<Uint8Array>): Response {
	return new Response(Readable.toWeb(Readable.from(stillSpeaking(archive))) as ReadableStream<Uint8Array>, {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': attachment(`${fileName}.zip`),
			'cache-control': 'private, no-store'
		}
	});
}
