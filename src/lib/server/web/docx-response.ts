import type { Outline } from '#lib/format/outline.ts';
import { fileTypes } from '../platform/files/file-type.ts';
import { writeDocx } from '../platform/write-docx.ts';
import { attachment } from './xlsx-response.ts';

/** A document for Word to save. @param fileName without its ending, in the reader's language */
export async function docxResponse(fileName: string, outline: Outline): Promise<Response> {
	return new Response(new Uint8Array(await writeDocx(outline)), {
		headers: {
			'content-type': fileTypes.docx,
			'content-disposition': attachment(`${fileName}.docx`),
			'cache-control': 'private, no-store'
		}
	});
}
