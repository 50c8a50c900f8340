import { type AnySheet, type Sheet, streamXlsx } from '../platform/xlsx.ts';

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** An XLSX file of one sheet or several to save, sent while it is being written. @param fileName without its ending, in the reader's language */
export const xlsxResponse = <Row>(ctx: { now: Date }, fileName: string, sheet: Sheet<Row> | AnySheet[]): Response =>
	savedXlsx(fileName, streamXlsx(ctx, sheet));

/** The same for a workbook that is made already. */
export function savedXlsx(fileName: string, body: ReadableStream<Uint8Array> | Buffer): Response {
	return new Response(body as BodyInit, {
		headers: {
			'content-type': type,
			'content-disposition': attachment(`${fileName}.xlsx`),
			'cache-control': 'private, no-store'
		}
	});
}

/** A content-disposition that saves under this name: in UTF-8 (RFC 5987) for browsers, in ASCII for what is older. */
export function attachment(fileName: string): string {
	const name =
		fileName
			.toWellFormed()
			.replace(/[\p{Cc}"<>|:*?\\/]+/gu, ' ')
			.replace(/^[\s.]+/, '')
			.trim() || 'export';
	const ascii = name.replace(/[^\x20-\x7e]+/g, '_').replaceAll('%', '_');
	const encoded = encodeURIComponent(name).replace(
		/['()*]/g,
		(mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`
	);
	return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
