import type { FileType } from './file-type.ts';

const longest = 120;
/** Other spellings of an ending that say the same. */
const same: Partial<Record<FileType, string[]>> = { jpg: ['jpeg', 'jpe', 'jfif'] };
/** Names that Windows keeps for itself, whatever their ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * The name under which a file is kept and handed out: no folders, nothing that turns the direction of writing or that a file
 * system refuses, and the ending that its content has.
 */
export function cleanName(name: string, type: FileType): string {
	const bare = name
		.toWellFormed()
		.normalize('NFC')
		.replace(/^.*[\\/]/s, '')
		.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}"<>|:*?\ufffd]+/gu, ' ')
		.replace(/\s+/g, ' ')
		.replace(/[\s.]+$/, '');

	const ending = [type, ...(same[type] ?? [])].find((ending) => bare.toLowerCase().endsWith(`.${ending}`));
	const stem = [...(ending ? bare.slice(0, -ending.length - 1) : bare).replace(/^[\s.]+/, '')];
	const short = stem.slice(0, longest).join('').trim();
	return `${reserved.test(short) ? '_' : ''}${short || 'file'}.${type}`;
}
