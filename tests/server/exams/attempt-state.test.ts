import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { type AttemptState, canGo, transitions } from '#lib/server/exams/attempt-state.ts';
import { test } from '#tests/setup/test.ts';

test('the database allows exactly the transitions that the table states', async ({ ctx }) => {
	const { rows } = await ctx.db.execute<{ source: string }>(
		sql`select prosrc as source from pg_proc where proname = 'refuse_attempt_transition'`
	);
	const allowed = [...rows[0]!.source.matchAll(/'([a-z]+)>([a-z]+)'/g)].map(([, from, to]) => `${from}>${to}`);
	const stated = Object.entries(transitions).flatMap(([from, targets]) => targets.map((to) => `${from}>${to}`));
	expect(allowed.toSorted()).toEqual(stated.toSorted());
});

test('nothing comes back from being voided, and nothing is marked before it is handed in', () => {
	const states = Object.keys(transitions) as AttemptState[];
	expect(states.filter((state) => canGo('voided', state))).toEqual([]);
	expect(canGo('open', 'marked')).toBe(false);
});
