import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { addDays } from '#lib/server/platform/dates.ts';
import { stateOf } from '#lib/server/programmes/obligation-state.ts';
import { test } from '../../setup/test.ts';

const today = '2026-11-23';
const at = new Date('2026-11-01T00:00:00Z');
const nothing = {
	completedAt: null,
	withdrawnAt: null,
	exemptAt: null,
	startedAt: null,
	opensOn: null,
	dueOn: '2026-12-31',
	expiresOn: null
};

test.for([
	{ facts: {}, state: 'open', because: 'nothing has happened' },
	{ facts: { opensOn: today }, state: 'open', because: 'the day on which it opens is part of it' },
	{ facts: { opensOn: '2026-11-24' }, state: 'upcoming', because: 'it opens tomorrow' },
	{ facts: { opensOn: '2026-11-24', startedAt: at }, state: 'in-progress', because: 'somebody began before it opened' },
	{ facts: { dueOn: '2026-10-01', expiresOn: today }, state: 'overdue', because: 'it can still be done today' },
	{ facts: { dueOn: '2026-10-01', expiresOn: '2026-11-22' }, state: 'expired', because: 'it can no longer be done' },
	{ facts: { exemptAt: at, dueOn: '2026-10-01' }, state: 'exempt', because: 'who is exempt is never late' },
	{ facts: { exemptAt: at, withdrawnAt: at }, state: 'withdrawn', because: 'nothing is asked any more' },
	{ facts: { startedAt: at }, state: 'in-progress', because: 'a lesson was opened' },
	{ facts: { startedAt: at, dueOn: today }, state: 'in-progress', because: 'the due day itself is in time' },
	{ facts: { startedAt: at, dueOn: '2026-11-22' }, state: 'overdue', because: 'the day has passed' },
	{ facts: { completedAt: at, dueOn: '2026-10-01' }, state: 'completed', because: 'late is still completed' },
	{ facts: { withdrawnAt: at, dueOn: '2026-10-01' }, state: 'withdrawn', because: 'it is no longer asked for' }
])('$state: $because', ({ facts, state }) => {
	expect(stateOf({ ...nothing, ...facts }, today)).toBe(state);
});

test('the rule in TypeScript and the rule in SQL agree', async ({ ctx }) => {
	const instant = fc.option(fc.constant(at));
	const day = fc.integer({ min: -400, max: 400 }).map((days) => addDays(today, days));
	const facts = fc.record({
		completedAt: instant,
		withdrawnAt: instant,
		exemptAt: instant,
		startedAt: instant,
		opensOn: fc.option(day),
		dueOn: day,
		expiresOn: fc.option(day)
	});

	await fc.assert(
		fc.asyncProperty(fc.array(facts, { minLength: 20, maxLength: 20 }), async (many) => {
			const { rows } = await ctx.db.execute<{ state: string }>(sql`
				select obligation_state("completedAt", "withdrawnAt", "exemptAt", "startedAt", "opensOn", "dueOn", "expiresOn", ${today}::date) as state
				from json_to_recordset(${JSON.stringify(many)}::json) as f ("completedAt" timestamptz, "withdrawnAt" timestamptz, "exemptAt" timestamptz, "startedAt" timestamptz, "opensOn" date, "dueOn" date, "expiresOn" date)`);
			expect(rows.map(({ state }) => state)).toEqual(many.map((one) => stateOf(one, today)));
		}),
		{ numRuns: 20 }
	);
});
