import { expect, test } from 'vitest';
import { articleNumberIn, parseAddress } from '#lib/server/statutes/content/article-address.ts';

test.each([
	['labour-contract/14', { statute: 'labour-contract', number: '14' }],
	['labour-contract/38-1', { statute: 'labour-contract', number: '38-1' }],
	['labour-contract/014', undefined],
	['labour-contract', undefined],
	['Labour/1', undefined],
	['labour-contract/14/3', undefined],
	['../etc/1', undefined]
])('%s', (address, parts) => {
	expect(parseAddress(address)).toEqual(parts);
});

test.each([
	['第十四条第三款', '', '14'],
	['条例第六条', '条例', '6'],
	['第三十八条之一', '', '38-1'],
	['调解仲裁法第二十七条', '调解仲裁法', '27'],
	['第14条', '', '14']
])('%s names its article', (text, prefix, number) => {
	expect(articleNumberIn(text)).toEqual({ prefix, number });
});

test('knows when no article is named', () => {
	expect(articleNumberIn('该法')).toBeUndefined();
});
