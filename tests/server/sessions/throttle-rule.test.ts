import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pauseAfter, placeOf } from '#lib/server/sessions/throttle-rule.ts';

test.each([
	{ failures: 4, seconds: 0 },
	{ failures: 5, seconds: 1 },
	{ failures: 8, seconds: 8 },
	{ failures: 500, seconds: 60 }
])('waits $seconds s after $failures failures on an account', ({ failures, seconds }) => {
	expect(pauseAfter(failures, 'account')).toBe(seconds);
});

test('never grows shorter with more failures, and never locks', () => {
	fc.assert(
		fc.property(fc.nat(10_000), fc.constantFrom('account' as const, 'address' as const), (failures, subject) => {
			expect(pauseAfter(failures + 1, subject)).toBeGreaterThanOrEqual(pauseAfter(failures, subject));
			expect(pauseAfter(failures, subject)).toBeLessThanOrEqual(60);
		})
	);
});

test('lets an office of hundreds mistype now and then', () => {
	expect(pauseAfter(99, 'address')).toBe(0);
});

test.each([
	{ address: '192.0.2.7', place: '192.0.2.7' },
	{ address: '2001:db8:1:2:3:4:5:6', place: '2001:db8:1:2' },
	{ address: '2001:0db8:0001:0002::9', place: '2001:db8:1:2' },
	{ address: '2001:db8::1', place: '2001:db8:0:0' },
	{ address: '::1', place: '0:0:0:0' },
	{ address: 'fe80::1%eth0', place: 'fe80:0:0:0' }
])('takes $address for one place with its network', ({ address, place }) => {
	expect(placeOf(address)).toBe(place);
});
