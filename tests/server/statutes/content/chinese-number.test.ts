import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChineseNumber } from '#lib/server/statutes/content/chinese-number.ts';

test.each([
	['零', 0],
	['一', 1],
	['十', 10],
	['十四', 14],
	['二十', 20],
	['三十八', 38],
	['一百', 100],
	['一百零五', 105],
	['一百一十', 110],
	['二百', 200],
	['两千', 2000],
	['一千零一十', 1010],
	['三万六千', 36_000],
	['十二万三千四百', 123_400],
	['一亿零五百', 100_000_500],
	['二〇〇八', 2008],
	['贰拾伍', 25]
])('%s is %i', (text, number) => {
	expect(readChineseNumber(text)).toBe(number);
});

test.each(['', '十十', '百', '一十百', '甲', '一2', '十一二', '二百百', '一万二万'])('%j is no number', (text) => {
	expect(readChineseNumber(text)).toBeUndefined();
});

test('reads every number below ten thousand as it is written', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 9999 }), (number) => {
			expect(readChineseNumber(write(number))).toBe(number);
		})
	);
});

function write(number: number): string {
	const digits = '零一二三四五六七八九';
	const units = ['', '十', '百', '千'];
	const text = [...String(number)]
		.map((digit, index, all) => (digit === '0' ? '零' : digits[Number(digit)]! + units[all.length - 1 - index]!))
		.join('');
	return text.replace(/零+/g, '零').replace(/零$/, '').replace(/^一十/, '十');
}
