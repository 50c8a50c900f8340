import { word } from '#lib/server/platform/content/readers.ts';
import { readChineseNumber } from './chinese-number.ts';

/** An article as content names it: `labour-contract/14`, and `labour-contract/38-1` for 第三十八条之一. */
export interface ArticleAddress {
	statute: string;
	/** `14` or `38-1`. */
	number: string;
}

const pattern = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\/([1-9]\d{0,3}(?:-[1-9]\d?)?)$/;

/** The parts of an address, or nothing if it is not one. */
export function parseAddress(address: string): ArticleAddress | undefined {
	const match = pattern.exec(address);
	return match ? { statute: match[1]!, number: match[2]! } : undefined;
}

export const addressReader = word(pattern, '条文地址，例如 labour-contract/14');

/** The number in an article's Chinese name: 第十四条第三款 → `14`, 第三十八条之一 → `38-1`. */
export function articleNumberIn(text: string): { prefix: string; number: string } | undefined {
	const match = /^(.*?)第([〇零一二三四五六七八九十百千\d]+)条(?:之([一二三四五六七八九十]+))?/u.exec(text);
	if (!match) return undefined;
	const number = /^\d+$/.test(match[2]!) ? Number(match[2]) : readChineseNumber(match[2]!);
	if (!number) return undefined;
	const inserted = match[3] && readChineseNumber(match[3]);
	return { prefix: match[1]!, number: inserted ? `${number}-${inserted}` : `${number}` };
}
