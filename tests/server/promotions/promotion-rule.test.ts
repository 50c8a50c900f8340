import { expect, test } from 'vitest';
import { deadlineOf, isPromotion } from '#lib/server/promotions/promotion-rule.ts';

test.each([
	{ kind: 'promotion', fromLevel: null, toLevel: 'section-deputy', is: true, because: 'the first leading post' },
	{ kind: 'promotion', fromLevel: 'division-deputy', toLevel: 'division-chief', is: true, because: 'a higher level' },
	{ kind: 'promotion', fromLevel: 'division-chief', toLevel: 'division-chief', is: false, because: 'the same level' },
	{ kind: 'promotion', fromLevel: 'division-deputy', toLevel: null, is: false, because: 'a rise in 职级 only' },
	{ kind: 'transfer', fromLevel: null, toLevel: 'section-chief', is: false, because: 'a transfer' },
	{ kind: 'acting', fromLevel: null, toLevel: 'section-chief', is: false, because: 'an acting post' },
	{ kind: 'concurrent', fromLevel: null, toLevel: 'section-chief', is: false, because: 'a concurrent post' },
	{ kind: 'initial', fromLevel: null, toLevel: 'section-chief', is: false, because: 'the post a person came with' }
])('$because: $is', ({ is, ...post }) => {
	expect(isPromotion(post)).toBe(is);
});

test('gives a year, and knows the leap day', () => {
	expect(deadlineOf('2025-11-23', 12)).toBe('2026-11-23');
	expect(deadlineOf('2024-02-29', 12)).toBe('2025-02-28');
});
