import { getLocale } from '#lib/paraglide/runtime.js';

type Locale = ReturnType<typeof getLocale>;

const digits = [...'〇一二三四五六七八九'];
const units = ['', '十', '百', '千'];

/** A whole number from 0 to 9999 in Chinese words: 十四, 一百零五, 二百二十. */
export function chineseNumber(value: number): string {
	const figures = [...String(value)].map(Number);
	let words = '';
	for (const [index, figure] of figures.entries()) {
		const unit = units[figures.length - 1 - index];
		if (figure !== 0) words += `${digits[figure]}${unit}`;
		else if (words !== '' && figures.slice(index).some((later) => later !== 0) && !words.endsWith('零')) words += '零';
	}
	return words.replace(/^一十/, '十') || '〇';
}

/** How an article is named: `14` is 第十四条 or Article 14, `38-1` is 第三十八条之一 or Article 38-1. */
export function articleName(number: string, locale: Locale = getLocale()): string {
	if (locale === 'en') return `Article ${number}`;
	const [article, inserted] = number.split('-').map(Number);
	return `第${chineseNumber(article ?? 0)}条${inserted ? `之${chineseNumber(inserted)}` : ''}`;
}

/** How a chapter is named: 第三章 or Chapter 3. */
export const chapterName = (number: number, locale: Locale = getLocale()): string =>
	locale === 'en' ? `Chapter ${number}` : `第${chineseNumber(number)}章`;

/** How an article of another statute is cited: 劳动合同法第十四条 or Labour Contract Law, Article 14. */
export const citation = (statute: string, number: string, locale: Locale = getLocale()): string =>
	`${statute}${locale === 'en' ? ', ' : ''}${articleName(number, locale)}`;
