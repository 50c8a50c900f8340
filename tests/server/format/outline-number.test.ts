import { expect, test } from 'vitest';
import { outlineNumber } from '#lib/format/outline-number.ts';

test.each([
	{ way: [3], chinese: '三、', english: '3 ' },
	{ way: [3, 12], chinese: '（十二）', english: '3.12 ' },
	{ way: [3, 12, 4], chinese: '4. ', english: '3.12.4 ' },
	{ way: [1, 1, 1, 2], chinese: '(2) ', english: '1.1.1.2 ' }
])('numbers $way as an office does', ({ way, chinese, english }) => {
	expect(outlineNumber(way, 'zh-CN')).toBe(chinese);
	expect(outlineNumber(way, 'en')).toBe(english);
});
