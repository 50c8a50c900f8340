import { freePictureName, pictureKind, pictureLimits, pictureMark } from '../picture-file.ts';
import type { ExchangePicture } from './exchange-question.ts';

/** The bytes of a picture by what a text of the file calls it; undefined where the file does not hold it. */
export type FindPicture = (source: string) => Buffer | undefined;

/** Puts a picture of the file into the question and gives the name by which its texts show it; undefined where it cannot come along. */
export type TakePicture = (source: string) => string | undefined;

/** The pictures of one question, or of a case and its questions, as they are read. */
export interface PictureBox {
	pictures: ExchangePicture[];
	/** For one part of the file with pictures of its own. */
	from(find: FindPicture): TakePicture;
}

/** An empty box. What is no picture by its bytes, too large or one too many is not taken; the same picture is taken once. */
export function pictureBox(): PictureBox {
	const pictures: ExchangePicture[] = [];
	const names = new Map<string, string>();
	const take = (source: string, bytes: Buffer): string | undefined => {
		const kind = pictureKind(bytes);
		if (!kind || bytes.length > pictureLimits.bytes) return undefined;
		const base64 = bytes.toString('base64');
		const known = names.get(base64);
		if (known !== undefined || names.size >= pictureLimits.each) return known;
		const name = freePictureName(
			decoded(source.slice(source.lastIndexOf('/') + 1)),
			kind.ending,
			new Set(names.values())
		);
		names.set(base64, name);
		pictures.push({ name, base64 });
		return name;
	};
	return {
		pictures,
		from: (find) => (source) => {
			const bytes = inAddress(source) ?? find(source);
			return bytes && take(source.startsWith('data:') ? 'picture' : source, bytes);
		}
	};
}

/** The path that an address spells out; one that is spelt wrongly stays as it is. */
export function decoded(address: string): string {
	try {
		return decodeURIComponent(address);
	} catch {
		return address;
	}
}

/** A picture that stands in its own address. */
function inAddress(source: string): Buffer | undefined {
	const match = /^data:image\/[a-z]+;base64,([a-z0-9+/=\s]+)$/i.exec(source);
	return match ? Buffer.from(match[1]!, 'base64') : undefined;
}

/** Names of the pictures that the texts of a question show. */
export function shownPictures(texts: unknown): Set<string> {
	const names = new Set<string>();
	const walk = (value: unknown): void => {
		if (typeof value === 'string') for (const [, , name] of value.matchAll(pictureMark)) names.add(name!);
		else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
	};
	walk(texts);
	return names;
}

/** Those of the pictures that the texts show, in the order of their names. */
export function picturesShownIn(texts: unknown, pictures: readonly ExchangePicture[] = []): ExchangePicture[] {
	const shown = shownPictures(texts);
	return pictures.filter(({ name }) => shown.has(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** `![alt](name)` as the bank writes it; what would end the description too early is left out of it. */
export const pictureText = (alt: string, name: string): string => `![${alt.replace(/[[\]\s]+/g, ' ').trim()}](${name})`;
