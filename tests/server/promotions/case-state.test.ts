import { expect, test } from 'vitest';
import { caseStateOf } from '#lib/server/promotions/case-state.ts';

const at = new Date('2026-11-01T00:00:00Z');
const open = { completedAt: null, cancelledAt: null, isActive: true, dueOn: '2026-11-23' };

test.each([
	{ facts: { dueOn: '2026-11-22' }, state: 'overdue', because: 'the day has passed' },
	{ facts: {}, state: 'soon', because: 'the last day is still in time' },
	{ facts: { dueOn: '2027-02-21' }, state: 'soon', because: 'ninety days are soon' },
	{ facts: { dueOn: '2027-02-22' }, state: 'later', because: 'ninety-one are not' },
	{ facts: { dueOn: '2026-11-22', completedAt: at }, state: 'completed', because: 'nothing is left' },
	{ facts: { dueOn: '2026-11-22', cancelledAt: at }, state: 'cancelled', because: 'it was recorded by mistake' },
	{ facts: { dueOn: '2026-11-22', isActive: false }, state: 'left', because: 'the person no longer serves' },
	{ facts: { isActive: false, completedAt: at }, state: 'completed', because: 'it was completed before' }
] as const)('$state: $because', ({ facts, state }) => {
	expect(caseStateOf({ ...open, ...facts }, '2026-11-23')).toBe(state);
});
