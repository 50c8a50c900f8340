import { expect, test } from 'vitest';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { deadlineOf, isPromotion } from '#lib/server/promotions/promotion-rule.ts';

test.each([
	{ kind: 'promotion', fromLevel: null, toLevel: 'section-deputy', is: true, because: 'the first leading post' },
	{ kind: 'promotion', fromLevel: 'division-deputy', toLevel: 'division-chief', is: true, because: 'a higher level' },
	{ kind: 'promotion', fromLevel: 'division-chief', toLevel: 'division-chief', is: false, because: 'the same level' },
	{ kind: 'promotion', fromLevel: 'division-deputy', toLevel: null, is: false, because: 'a rise in 职级 only' },
	{ kind: 'transfer', fromLevel: null, toLevel: 'section-chief', is: false, because: 'a transfer' },
	{ kind: 'acting', fromLevel: null, toLevel: 'section-chief', is: false, because: 'an acting post' },
	{ kind: 'concurrent', fromLevel: null, toLevel: 'section-chief', is: false, because: 'a concurrent post' },
	{
		kind: 'reappointment',
		fromLevel: 'section-deputy',
		toLevel: 'section-chief',
		is: false,
		because: 'a re-appointment in the same term'
	},
	{ kind: 'initial', fromLevel: null, toLevel: 'section-chief', is: false, because: 'the post a person came with' }
])('$because: $is', ({ is, ...post }) => {
	expect(isPromotion(post)).toBe(is);
});

const months = (months: number): DueRule => ({ kind: 'after', event: 'promotion', months });

test('an exam before the post is due the day before it starts, also after a leap day', () => {
	expect(deadlineOf({ kind: 'before-start' }, '2026-11-01', 12)).toBe('2026-10-31');
	expect(deadlineOf({ kind: 'before-start' }, '2024-03-01', 12)).toBe('2024-02-29');
	expect(deadlineOf({ kind: 'before-start' }, '2025-03-01', 12)).toBe('2025-02-28');
	expect(deadlineOf({ kind: 'before-start' }, '2027-01-01', 12)).toBe('2026-12-31');
});

test('a rule of so many days counts them from the start', () => {
	expect(deadlineOf({ kind: 'after', event: 'promotion', days: 365 }, '2024-01-01', 12)).toBe('2024-12-31');
});

test('what the rule cannot tell is due with everything else', () => {
	expect(deadlineOf({ kind: 'period', day: 'last' }, '2026-03-01', 12)).toBe('2027-03-01');
	expect(deadlineOf({ kind: 'after', event: 'joining', days: 30 }, '2026-03-01', 6)).toBe('2026-09-01');
});

test('gives a year, and knows the leap day', () => {
	expect(deadlineOf(months(12), '2025-11-23', 12)).toBe('2026-11-23');
	expect(deadlineOf(months(12), '2024-02-29', 12)).toBe('2025-02-28');
	expect(deadlineOf(months(48), '2024-02-29', 12)).toBe('2028-02-29');
	expect(deadlineOf(months(6), '2023-08-31', 12)).toBe('2024-02-29');
});
