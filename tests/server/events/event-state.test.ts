import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { events } from '#db/schema/events.ts';
import { cancelEvent } from '#lib/server/events/cancel-event.ts';
import { closeEvent } from '#lib/server/events/close-event.ts';
import { canGo, type EventState, transitions } from '#lib/server/events/event-state.ts';
import { holdEvent } from '#lib/server/events/hold-event.ts';
import { openEvent } from '#lib/server/events/open-event.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aClosedEvent, aHeldEvent, anOpenEvent, aPlannedEvent, eventOf } from '#tests/factories/events.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const states = Object.keys(transitions) as EventState[];

async function anEventIn(ctx: Context, state: EventState) {
	if (state === 'planned') return aPlannedEvent(ctx, { inDays: -1 });
	if (state === 'open') return anOpenEvent(ctx, { inDays: -1 });
	if (state === 'held') return aHeldEvent(ctx);
	if (state === 'closed') return aClosedEvent(ctx);
	const made = await anOpenEvent(ctx);
	await cancelEvent(made.organiser, { eventId: made.event.id, because: '主讲人临时有公务' });
	return made;
}

test.for(states)(
	'from %s goes only where the table says, in the commands and in the database',
	async (from, { ctx }) => {
		for (const to of states.filter((to) => to !== from)) {
			const { event, organiser } = await anEventIn(ctx, from);
			const eventId = event.id;
			const acts: Record<EventState, () => Promise<unknown>> = {
				planned: () => Promise.reject(new Error('event.no-transition')),
				open: () => openEvent(organiser, { eventId }),
				held: () => holdEvent(organiser, { eventId }),
				closed: () => closeEvent(organiser, { eventId }),
				cancelled: () => cancelEvent(organiser, { eventId, because: '会场停电' })
			};
			if (canGo(from, to)) {
				await acts[to]();
				expect((await eventOf(ctx, eventId)).state).toBe(to);
				continue;
			}
			await expect(acts[to]()).rejects.toThrow('event.no-transition');
			const forced = ctx.db.transaction((db) => db.update(events).set({ state: to }).where(eq(events.id, eventId)));
			await expect(forced).rejects.toMatchObject({ cause: { code: '23001' } });
		}
	}
);

test('writes one audit line for each step', async ({ ctx }) => {
	const { event } = await aClosedEvent(ctx);
	const lines = await ctx.db
		.select({ action: auditEntries.action })
		.from(auditEntries)
		.where(eq(auditEntries.subjectId, event.id));
	const actions = lines.map(({ action }) => action).filter((action) => action.startsWith('event.'));
	expect(actions.sort()).toEqual(['event.closed', 'event.held', 'event.invited', 'event.opened', 'event.planned']);
});

test('is not held before it begins, nor closed before it is over', async ({ ctx }) => {
	const { event, organiser } = await anOpenEvent(ctx);
	await expect(holdEvent(organiser, { eventId: event.id })).rejects.toThrow('event.not-begun');
	const running = { ...organiser, now: new Date(event.startsAt.getTime() + 60_000) };
	await holdEvent(running, { eventId: event.id });
	await expect(closeEvent(running, { eventId: event.id })).rejects.toThrow('event.not-over');
});

test('is opened only with somebody to invite', async ({ ctx }) => {
	const { event, organiser } = await aPlannedEvent(ctx, { people: 0 });
	await expect(openEvent(organiser, { eventId: event.id })).rejects.toThrow('event.nobody');
});

test('is not there for somebody whose unit it does not belong to', async ({ ctx }) => {
	const { event } = await aPlannedEvent(ctx);
	const { id, unitId } = await aPerson(ctx);
	const liaison = as(ctx, id, {
		role: 'liaison',
		unit: { ...(await theProvince(ctx)), id: unitId!, path: 'p.elsewhere' }
	});
	await expect(openEvent(liaison, { eventId: event.id })).rejects.toThrow('event.not-found');
});
