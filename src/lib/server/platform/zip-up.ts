import { once } from 'node:events';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One file of an archive: its content whole, or as it is being made. */
export type ArchivePart = { path: string; text: string | Buffer | AsyncIterable<string | Uint8Array> };

/** Makes a zip file while its parts are being made: the next one is asked for when the last has been written. */
export async function* zipUp(parts: AsyncIterable<ArchivePart>, { now }: { now: Date }): AsyncGenerator<Uint8Array> {
	const zip = new ZipFile();
	const output = zip.outputStream as Readable;
	const stopped = once(output, 'close').catch(() => {});
	const feed = async () => {
		for await (const { path, text } of parts) {
			const whole = typeof text === 'string' || Buffer.isBuffer(text);
			const part = whole ? Readable.from([Buffer.from(text)]) : Readable.from(text, { objectMode: false });
			part.on('error', (error) => output.destroy(error));
			zip.addReadStream(part, path, { mtime: now });
			await Promise.race([finished(part), stopped]);
			if (output.destroyed) return;
		}
		zip.end();
	};
	const fed = feed().catch((error: unknown) => void output.destroy(error as Error));
	try {
		yield* output as AsyncIterable<Uint8Array>;
		await fed;
	} finally {
		output.destroy();
	}
}
