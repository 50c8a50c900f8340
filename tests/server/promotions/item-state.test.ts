import { expect, test } from 'vitest';
import { examStandingOf, itemStateOf } from '#lib/server/promotions/item-state.ts';

const today = '2026-11-23';
const open = { completedAt: null, exemptAt: null, dueOn: '2026-12-01', postponed: false };

test.each([
	{ facts: open, is: 'open' },
	{ facts: { ...open, dueOn: today }, is: 'open' },
	{ facts: { ...open, dueOn: '2026-11-22' }, is: 'overdue' },
	{ facts: { ...open, postponed: true }, is: 'postponed' },
	{ facts: { ...open, postponed: true, dueOn: '2026-11-22' }, is: 'overdue' },
	{ facts: { ...open, exemptAt: '2026-11-01T02:00:00Z', dueOn: '2026-01-01' }, is: 'exempt' },
	{ facts: { ...open, completedAt: '2026-12-01T15:59:00Z' }, is: 'done' },
	{ facts: { ...open, completedAt: '2026-12-01T16:01:00Z' }, is: 'done-late' },
	{ facts: { ...open, completedAt: '2026-11-20T02:00:00Z', exemptAt: '2026-11-01T02:00:00Z' }, is: 'done' }
])('an item of $facts is $is, by the days of the office', ({ facts, is }) => {
	expect(itemStateOf(facts, today)).toBe(is);
});

const sat = (outcome: 'passed' | 'failed' | 'absent', makeUp = false) => ({ outcome, makeUp });

test.each([
	{ sittings: [], is: 'not-sat' },
	{ sittings: [sat('passed')], is: 'passed' },
	{ sittings: [sat('failed')], is: 'make-up-due' },
	{ sittings: [sat('absent')], is: 'make-up-due' },
	{ sittings: [sat('failed'), sat('passed', true)], is: 'passed-by-make-up' },
	{ sittings: [sat('absent'), sat('failed', true)], is: 'failed-after-make-up' },
	{ sittings: [sat('failed'), sat('absent', true)], is: 'failed-after-make-up' }
])('$sittings.length sittings stand as $is', ({ sittings, is }) => {
	expect(examStandingOf(sittings)).toBe(is);
});
