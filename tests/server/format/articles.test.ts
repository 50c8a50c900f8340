import { expect, test } from 'vitest';
import { articleName, chineseNumber } from '#lib/format/articles.ts';
import { readChineseNumber } from '#lib/server/statutes/content/chinese-number.ts';

test.each([
	['1', '第一条'],
	['10', '第十条'],
	['14', '第十四条'],
	['20', '第二十条'],
	['98', '第九十八条'],
	['105', '第一百零五条'],
	['110', '第一百一十条'],
	['220', '第二百二十条'],
	['1001', '第一千零一条'],
	['38-1', '第三十八条之一'],
	['120-12', '第一百二十条之十二']
])('article %s is %s', (number, name) => {
	expect(articleName(number, 'zh-CN')).toBe(name);
});

test('an English reader reads figures', () => {
	expect(articleName('38-1', 'en')).toBe('Article 38-1');
});

test('every number reads back as itself', () => {
	for (let value = 1; value < 10_000; value++) expect(readChineseNumber(chineseNumber(value))).toBe(value);
});
