import { expect, test } from 'vitest';
import { attachment } from '#lib/server/web/xlsx-response.ts';

test('a Chinese name travels in UTF-8, with an ASCII one for what is older', () => {
	expect(attachment('人员 2026-11-23.xlsx')).toBe(
		`attachment; filename="_ 2026-11-23.xlsx"; filename*=UTF-8''%E4%BA%BA%E5%91%98%202026-11-23.xlsx`
	);
});

test('nothing in a name ends the header or leaves the folder', () => {
	expect(attachment('../a"\r\nx:y/b\\c.xlsx')).toBe(
		`attachment; filename="a x y b c.xlsx"; filename*=UTF-8''a%20x%20y%20b%20c.xlsx`
	);
});
