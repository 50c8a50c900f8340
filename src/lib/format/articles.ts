import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** The name of an article: `14` is 第十四条, `38-1` is 第三十八条之一; Article 14 and Article 38-1 in English. */
export function articleName(number: string, locale = getLocale()): string {
	if (locale === 'en') return m.statutes_article_en({ number });
	const [main = '', inserted] = number.split('-');
	return `第${chineseNumber(Number(main))}条${inserted ? `之${chineseNumber(Number(inserted))}` : ''}`;
}

/** The name of a chapter: 第三章, Chapter 3. */
export function chapterName(number: number, locale = getLocale()): string {
	return locale === 'en' ? m.statutes_chapter_en({ number }) : `第${chineseNumber(number)}章`;
}

const digits = '零一二三四五六七八九';
const units = ['', '十', '百', '千'];

/** A whole number from 1 to 9999 in words: 105 is 一百零五, 12 is 十二. */
export function chineseNumber(value: number): string {
	const places = [...String(value)].map(Number);
	const words = places.map((digit, index) => (digit === 0 ? '零' : `${digits[digit]}${units[places.length - 1 - index]}`)).join('');
	return words.replace(/零+/g, '零').replace(/零$/, '').replace(/^一十/, '十');
}
