import { expect, test } from 'vitest';
import { newSecret } from '#lib/server/platform/ids.ts';
import { expiryOf, inGroups, normalSecret, secretLength } from '#lib/server/sessions/link-rule.ts';

test.each([
	{ medium: 'mail' as const, until: '2026-11-24T02:00:00.000Z' },
	{ medium: 'shell' as const, until: '2026-11-24T02:00:00.000Z' },
	{ medium: 'slip' as const, until: '2026-12-07T02:00:00.000Z' }
])('a link by $medium lasts until $until', ({ medium, until }) => {
	expect(expiryOf(medium, new Date('2026-11-23T02:00:00Z')).toISOString()).toBe(until);
});

test('a slip’s code is read back however it is typed', () => {
	const secret = newSecret(secretLength('slip'));
	expect(secret).toMatch(/^[2-9a-hjkmnp-z]{16}$/);
	for (const typed of [
		secret,
		inGroups(secret),
		inGroups(secret).toUpperCase(),
		` ${inGroups(secret).replaceAll('-', ' ')}`,
		inGroups(secret).replaceAll('-', '－')
	]) {
		expect(normalSecret(typed)).toBe(secret);
	}
});
