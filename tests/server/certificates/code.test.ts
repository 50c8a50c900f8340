import { expect, test } from 'vitest';
import { newCode, readCode } from '#lib/server/certificates/code.ts';
import { groupedCode } from '#lib/format/certificates.ts';

test('makes sixteen characters of an alphabet without look-alikes, never the same again', () => {
	const codes = Array.from({ length: 1_000 }, newCode);
	for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
	expect(new Set(codes).size).toBe(1_000);
	for (const place of Array(16).keys()) expect(new Set(codes.map((code) => code[place])).size).toBe(32);
});

test.each([
	{ typed: '7f3a-91c2-08de-k4tn', because: 'as it is printed, in small letters' },
	{ typed: ' 7F3A 91C2 O8DE K4TN ', because: 'the letter O is a nought' },
	{ typed: '7F3A9LC208DEK4TN', because: 'L is a one' },
	{ typed: '７Ｆ３Ａ—９１Ｃ２—０８ＤＥ—Ｋ４ＴＮ', because: 'full-width, as an input method writes it' }
])('reads $typed: $because', ({ typed }) => {
	expect(readCode(typed)).toBe('7F3A91C208DEK4TN');
});

test.each(['', '7F3A-91C2', '7F3A-91C2-08DE-K4TU', '7F3A-91C2-08DE-K4TN-00'])('takes %s for no code', (typed) => {
	expect(readCode(typed)).toBeUndefined();
});

test('is printed in groups of four', () => {
	expect(groupedCode('7F3A91C208DEK4TN')).toBe('7F3A-91C2-08DE-K4TN');
});
