import { buffer, text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { DomainError, invalid } from '../errors.ts';
import type { ArchiveLimits } from './limits.ts';

/** The parts of a workbook by their path, each to be read on its own. */
export type Archive = {
	paths: string[];
	has(path: string): boolean;
	open(path: string): Promise<Readable>;
	text(path: string): Promise<string>;
	bytes(path: string): Promise<Buffer>;
};

/**
 * Opens a zip file by its directory, before anything is unpacked: what claims to grow beyond the limits is refused there, and
 * what grows beyond its own claim is refused while it is read.
 * @throws invalid table.damaged | table.encrypted | table.bomb
 */
export async function readArchive(file: Buffer, limits: ArchiveLimits): Promise<Archive> {
	const zip = await open(file);
	const entries = await listEntries(zip, limits.parts);
	const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);

	if (entries.some((entry) => entry.isEncrypted())) throw invalid('table.encrypted', { field: 'file' });
	if (
		entries.length > limits.parts ||
		unpacked > limits.unpacked ||
		(unpacked > 2 ** 20 && unpacked / file.length > limits.ratio)
	)
		throw invalid('table.bomb', { field: 'file' });

	const byPath = new Map(entries.map((entry) => [entry.fileName, entry]));
	async function openPart(path: string): Promise<Readable> {
		const entry = byPath.get(path);
		if (!entry) throw damaged();
		return new Promise((resolve, reject) =>
			zip.openReadStream(entry, (error, stream) => (error ? reject(damaged(error)) : resolve(stream)))
		);
	}
	return {
		paths: [...byPath.keys()],
		has: (path) => byPath.has(path),
		open: openPart,
		text: async (path) => text(await openPart(path)).catch((error: unknown) => Promise.reject(damaged(error))),
		bytes: async (path) => buffer(await openPart(path)).catch((error: unknown) => Promise.reject(damaged(error)))
	};
}

/** The refusal of a file that breaks off or contradicts itself; foreseen refusals stay what they are. */
export function damaged(cause?: unknown): DomainError {
	if (cause instanceof DomainError) return cause;
	return Object.assign(invalid('table.damaged', { field: 'file' }), { cause });
}

const open = (file: Buffer) =>
	new Promise<ZipFile>((resolve, reject) =>
		fromBuffer(file, { lazyEntries: true, autoClose: false }, (error, zip) =>
			error ? reject(damaged(error)) : resolve(zip)
		)
	);

function listEntries(zip: ZipFile, most: number): Promise<Entry[]> {
	return new Promise((resolve, reject) => {
		const entries: Entry[] = [];
		zip.on('entry', (entry: Entry) => {
			entries.push(entry);
			if (entries.length > most) resolve(entries);
			else zip.readEntry();
		});
		zip.on('end', () => resolve(entries));
		zip.on('error', (error: unknown) => reject(damaged(error)));
		zip.readEntry();
	});
}
