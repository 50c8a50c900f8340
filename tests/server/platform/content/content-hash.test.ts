import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, contentHash } from '#lib/server/platform/content/content-hash.ts';

test('the order of fields and absent fields do not matter', () => {
	expect(contentHash({ b: 1, a: [{ d: 2, c: undefined }] })).toBe(contentHash({ a: [{ d: 2 }], b: 1 }));
	expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }));
});

test('is JSON of the same value', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
		})
	);
});
