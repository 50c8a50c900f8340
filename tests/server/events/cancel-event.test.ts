import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { auditEntries } from '#db/schema/audit.ts';
import { notifications } from '#db/schema/notifications.ts';
import { cancelEvent } from '#lib/server/events/cancel-event.ts';
import { respond } from '#lib/server/events/respond.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { aHeldEvent, anOpenEvent, aPlannedEvent, eventOf } from '#tests/factories/events.ts';
import { as } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

const because = '讲师临时出差';
const told = ({ db }: Context) =>
	db
		.select({ personId: notifications.personId, values: notifications.values })
		.from(notifications)
		.where(eq(notifications.kind, 'event_cancelled'));

test('tells whoever was invited and has not declined, with the reason, and writes it down', async ({ ctx }) => {
	const { event, people, organiser } = await anOpenEvent(ctx);
	await respond(as(ctx, people[2]!.id), { eventId: event.id, answer: 'decline', because: '出差' });
	await cancelEvent(organiser, { eventId: event.id, because });
	expect(await eventOf(ctx, event.id)).toMatchObject({
		...{ state: 'cancelled', cancelledBecause: because, version: event.version + 1 }
	});
	const notices = await told(ctx);
	expect(notices.map(({ personId }) => personId).sort()).toEqual([people[0]!.id, people[1]!.id].sort());
	expect(notices[0]!.values).toMatchObject({ because });
	const [line] = await ctx.db.select().from(auditEntries).where(eq(auditEntries.action, 'event.cancelled'));
	expect(line).toMatchObject({ subjectId: event.id, details: { people: 2 } });
});

test('of what nobody knew of yet, nobody is told', async ({ ctx }) => {
	const { event, organiser } = await aPlannedEvent(ctx);
	await cancelEvent(organiser, { eventId: event.id, because });
	expect(await told(ctx)).toEqual([]);
});

test('what was held, or is called off already, cannot be called off', async ({ ctx }) => {
	const held = await aHeldEvent(ctx);
	const cancel = () => cancelEvent(held.organiser, { eventId: held.event.id, because });
	await expect(cancel()).rejects.toThrow('event.no-transition');
	const { event, organiser } = await anOpenEvent(ctx);
	await cancelEvent(organiser, { eventId: event.id, because });
	await expect(cancelEvent(organiser, { eventId: event.id, because })).rejects.toThrow('event.no-transition');
});
