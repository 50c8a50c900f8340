import { eq } from 'drizzle-orm';
import { afterEach, expect, vi } from 'vitest';
import { notifications } from '#db/schema/notifications.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { remindOfDue } from '#lib/server/programmes/remind-of-due.ts';
import { aCompletion, aCourse } from '../../factories/courses.ts';
import { aPerson } from '../../factories/people.ts';
import { anObligation } from '../../factories/programmes.ts';
import { test } from '../../setup/test.ts';

afterEach(() => {
	vi.unstubAllEnvs();
	vi.resetModules();
});

const told = ({ db }: Context, personId: string) =>
	db.select().from(notifications).where(eq(notifications.personId, personId));
const at = (ctx: Context, instant: string): Context => ({ ...ctx, now: new Date(instant) });

test('tells of what is due within seven days, from the first minute of that day in Shanghai', async ({ ctx }) => {
	const { personId } = await anObligation(ctx, { dueOn: '2026-12-01' });
	await remindOfDue(at(ctx, '2026-11-23T15:59:59Z')); // 23:59 on the 23rd
	expect(await told(ctx, personId)).toEqual([]);
	await remindOfDue(at(ctx, '2026-11-23T16:00:00Z')); // midnight of the 24th
	expect(await told(ctx, personId)).toMatchObject([{ kind: 'due_soon', values: { dueOn: '2026-12-01' } }]);
});

test.for([
	{ zone: 'America/New_York', before: '2026-11-24T04:59:59Z', after: '2026-11-24T05:00:00Z' },
	{ zone: 'Pacific/Kiritimati', before: '2026-11-23T09:59:59Z', after: '2026-11-23T10:00:00Z' }
])('the day begins when it begins in $zone', async ({ zone, before, after }, { ctx }) => {
	vi.stubEnv('MINGFA_TIMEZONE', zone);
	vi.resetModules();
	const there = await import('#lib/server/programmes/remind-of-due.ts');
	const { personId } = await anObligation(ctx, { dueOn: '2026-12-01' });

	await there.remindOfDue(at(ctx, before));
	expect(await told(ctx, personId)).toEqual([]);
	await there.remindOfDue(at(ctx, after));
	expect(await told(ctx, personId)).toHaveLength(1);
});

test('never twice for the same date, again for a new one, and late where days were missed', async ({ ctx }) => {
	const course = await aCourse(ctx);
	const person = await aPerson(ctx);
	const first = await anObligation(ctx, { person, course, dueOn: '2026-11-25' });
	await remindOfDue(ctx);
	await remindOfDue(at(ctx, '2026-11-24T02:00:00Z'));
	expect(await told(ctx, person.id)).toHaveLength(1);

	const { obligations } = await import('#db/schema/programmes.ts');
	await ctx.db.update(obligations).set({ dueOn: '2026-12-20' }).where(eq(obligations.id, first.id));
	await remindOfDue(at(ctx, '2026-12-15T02:00:00Z'));
	expect((await told(ctx, person.id)).map(({ values }) => values.dueOn).sort()).toEqual(['2026-11-25', '2026-12-20']);
});

test('says nothing of what is completed, withdrawn, overdue or far off', async ({ ctx }) => {
	const course = await aCourse(ctx);
	const person = await aPerson(ctx);
	const completion = await aCompletion(ctx, { person, course });
	await anObligation(ctx, { person, course, dueOn: '2026-11-25', completedAt: ctx.now, completionId: completion.id });
	await anObligation(ctx, { person, dueOn: '2026-11-25', withdrawnAt: ctx.now, withdrawnBecause: '计划调整' });
	await anObligation(ctx, { person, dueOn: '2026-11-22' });
	await anObligation(ctx, { person, dueOn: '2026-12-01' });
	expect(await remindOfDue(ctx)).toBe(0);
	expect(await told(ctx, person.id)).toEqual([]);
});
