import { isJpeg, isPng, isWebp } from '../platform/files/picture-type.ts';

/** How large a picture of a question may be, and how many a question may have. */
export const pictureLimits = { bytes: 2 ** 20, each: 50 } as const;

const kinds = [
	{ mediaType: 'image/png', ending: 'png', isOne: isPng },
	{ mediaType: 'image/jpeg', ending: 'jpg', isOne: isJpeg },
	{ mediaType: 'image/webp', ending: 'webp', isOne: isWebp }
] as const;

/** What a picture is by its bytes, whatever its name says. */
export const pictureKind = (bytes: Buffer) => kinds.find(({ isOne }) => isOne(bytes));

/** `![what it shows](name.png)` in a text of a question. */
export const pictureMark = /!\[([^[\]\n]*)\]\(([a-z0-9][a-z0-9.-]*)\)/g;

/** A name that a text can show: small letters, digits and hyphens, with the ending of what it is. */
export function freePictureName(name: string, ending: string, taken: ReadonlySet<string>): string {
	const plain = name
		.replace(/\.[^.]*$/, '')
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 40);
	const base = plain || 'picture';
	for (let number = 1; ; number++) {
		const candidate = `${base}${number > 1 ? `-${number}` : ''}.${ending}`;
		if (!taken.has(candidate)) return candidate;
	}
}
