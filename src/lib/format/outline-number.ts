import { getLocale } from '#lib/paraglide/runtime.js';
import { chineseNumber } from './articles.ts';

/**
 * The number before a heading as an office writes it: 一、（一）1. (1) by depth; in English 1, 1.2, 1.2.3.
 * @param way places among the neighbours, from 1, the uppermost first
 */
export function outlineNumber(way: readonly number[], locale: ReturnType<typeof getLocale> = getLocale()): string {
	const place = way.at(-1) ?? 1;
	if (locale === 'en') return `${way.join('.')} `;
	return (
		[`${chineseNumber(place)}、`, `（${chineseNumber(place)}）`, `${place}. `, `(${place}) `][way.length - 1] ?? ''
	);
}
