import { eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { eventParticipants } from '#db/schema/events.ts';
import { notifications } from '#db/schema/notifications.ts';
import { calendarEntries } from '#lib/server/events/event-calendar.ts';
import { copyEvent } from '#lib/server/events/copy-event.ts';
import { editEvent } from '#lib/server/events/edit-event.ts';
import { addEventFile, removeEventFile } from '#lib/server/events/event-files.ts';
import { invite } from '#lib/server/events/invite.ts';
import { listEvents } from '#lib/server/events/list-events.ts';
import { listParticipants } from '#lib/server/events/list-participants.ts';
import { getOwnEvent, listOwnEvents, readEventFile } from '#lib/server/events/own-events.ts';
import { openEvent } from '#lib/server/events/open-event.ts';
import { planClass } from '#lib/server/events/plan-class.ts';
import { planEvent } from '#lib/server/events/plan-event.ts';
import { getEvent, listSessions } from '#lib/server/events/queries.ts';
import { aPdf } from '#tests/factories/files.ts';
import { anOpenEvent, anOrganiser, aPlan, aPlannedEvent, eventOf } from '#tests/factories/events.ts';
import { aPerson } from '#tests/factories/people.ts';
import { as, aUnit, theProvince } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('plans a class over several days, in the order of time', async ({ ctx }) => {
	const organiser = await anOrganiser(ctx);
	const plan = aPlan(ctx, { sessions: 2, sessionDay: ['2026-12-02', '2026-12-01'] });
	const eventId = await planEvent(organiser, { unitId: (await theProvince(ctx)).id, ...plan });
	const sessions = await listSessions(ctx, eventId);
	expect(sessions.map(({ startsAt }) => startsAt.toISOString())).toEqual([
		'2026-12-01T01:00:00.000Z',
		'2026-12-02T01:00:00.000Z'
	]);
	expect(await eventOf(ctx, eventId)).toMatchObject({
		startsAt: sessions[0]!.startsAt,
		endsAt: sessions[1]!.endsAt,
		state: 'planned'
	});
});

test('invites those named, those of a unit and those of a pasted list, once each, and says who is not found', async ({
	ctx
}) => {
	const { event, organiser } = await aPlannedEvent(ctx, { people: 0 });
	const unit = await aUnit(ctx);
	const below = await aUnit(ctx, { below: unit });
	const chief = await aPerson(ctx, { unit, leadershipLevel: 'division-chief' });
	const clerk = await aPerson(ctx, { unit: below });
	const other = await aPerson(ctx);

	const some = { eventId: event.id, unitIds: [unit.id], subtree: true, ranks: [], levels: ['division-chief'] };
	const result = await invite(organiser, { ...some, personIds: [other.id], staffNumbers: `${other.staffNumber}\nX1` });
	expect(result).toEqual({ added: 2, refused: [{ line: 2, typed: 'X1', reason: 'unknown' }] });
	expect((await invite(organiser, { ...some, levels: [], personIds: [] })).added).toBe(1);
	const ids = (await listParticipants(organiser, event.id)).rows.map(({ id }) => id);
	expect(ids.sort()).toEqual([chief.id, clerk.id, other.id].sort());
});

test('tells nobody before it is opened, then everybody once, and later ones as they are added', async ({ ctx }) => {
	const { event, organiser, people } = await aPlannedEvent(ctx);
	const told = () => ctx.db.$count(notifications, eq(notifications.kind, 'event_invited'));
	expect(await told()).toBe(0);
	await openEvent(organiser, { eventId: event.id });
	expect(await told()).toBe(people.length);
	await invite(organiser, { eventId: event.id, personIds: [(await aPerson(ctx)).id, people[0]!.id] });
	expect(await told()).toBe(people.length + 1);
});

test('invites nobody out of reach', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const { event } = await aPlannedEvent(ctx, { unit, people: 0 });
	const liaison = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'liaison', unit });
	const act = invite(liaison, { eventId: event.id, personIds: [(await aPerson(ctx)).id] });
	await expect(act).rejects.toThrow('person.not-found');
});

test('tells the invited when it moves, and lets their calendars follow', async ({ ctx }) => {
	const { event, organiser, people, sessions } = await anOpenEvent(ctx);
	await editEvent(organiser, { eventId: event.id, version: 1, ...aPlan(ctx, { inDays: 9 }) });
	const told = await ctx.db.$count(notifications, eq(notifications.kind, 'event_moved'));
	expect(told).toBe(people.length);

	const moved = calendarEntries(await eventOf(ctx, event.id), await listSessions(ctx, event.id));
	const [before] = calendarEntries(event, sessions);
	expect(moved).toMatchObject([{ uid: before!.uid, sequence: before!.sequence + 1 }]);
	expect(moved[0]!.starts).not.toEqual(before!.starts);
});

test('does not overwrite what somebody else has changed', async ({ ctx }) => {
	const { event, organiser } = await aPlannedEvent(ctx);
	await editEvent(organiser, { eventId: event.id, version: 1, ...aPlan(ctx, { title: '改过的标题' }) });
	const act = editEvent(organiser, { eventId: event.id, version: 1, ...aPlan(ctx) });
	await expect(act).rejects.toThrow('event.changed');
});

test('copies an event to another day, at the same times of the clock, with its people', async ({ ctx }) => {
	const { event, organiser, people } = await aPlannedEvent(ctx, { sessions: 2 });
	const copied = await copyEvent(organiser, {
		eventId: event.id,
		title: '第二期',
		startsOn: '2027-03-01',
		people: true
	});
	expect((await listSessions(ctx, copied)).map(({ startsAt }) => startsAt.toISOString())).toEqual([
		'2027-03-01T01:00:00.000Z',
		'2027-03-02T01:00:00.000Z'
	]);
	expect(await eventOf(ctx, copied)).toMatchObject({ title: '第二期', state: 'planned', version: 1 });
	expect((await listParticipants(organiser, copied)).rows).toHaveLength(people.length);
});

test('makes a class of people who are chosen already', async ({ ctx }) => {
	const organiser = await anOrganiser(ctx);
	const personIds = [(await aPerson(ctx)).id, (await aPerson(ctx)).id];
	const eventId = await planClass(organiser, {
		unitId: (await theProvince(ctx)).id,
		title: '新提任领导干部任职培训班',
		personIds
	});
	expect(await eventOf(ctx, eventId)).toMatchObject({
		kind: 'training-class',
		purpose: 'newly-promoted',
		state: 'planned'
	});
	expect(await ctx.db.$count(eventParticipants, sql`${eventParticipants.eventId} = ${eventId}`)).toBe(2);
});

test('is seen, with their own people, by those whose people take part, once it is open', async ({ ctx }) => {
	const unit = await aUnit(ctx);
	const inside = await aPerson(ctx, { unit });
	const leader = as(ctx, (await aPerson(ctx, { unit })).id, { role: 'leader', unit });
	const planned = await aPlannedEvent(ctx, { people: [inside, await aPerson(ctx)] });
	await expect(getEvent(leader, planned.event.id)).rejects.toThrow('event.not-found');
	await openEvent(planned.organiser, { eventId: planned.event.id });

	expect((await listEvents(leader)).rows).toMatchObject([{ id: planned.event.id, invited: 1 }]);
	expect((await listParticipants(leader, planned.event.id)).rows.map(({ id }) => id)).toEqual([inside.id]);
	expect((await listEvents(planned.organiser, { q: '专题讲座', year: 2026, kind: 'lecture' })).rows).toHaveLength(1);
	expect((await listEvents(planned.organiser, { year: 2025 })).rows).toHaveLength(0);
});

test('hands its materials to those who take part, and to nobody else', async ({ ctx }) => {
	const { event, organiser, people } = await anOpenEvent(ctx);
	const upload = { name: '讲义.pdf', bytes: aPdf() };
	const fileId = await addEventFile(organiser, { eventId: event.id, part: 'material', upload });
	const person = as(ctx, people[0]!.id);
	expect((await listOwnEvents(person)).map(({ id, standing }) => [id, standing])).toEqual([[event.id, 'invited']]);
	expect((await readEventFile(person, event.id, fileId, ['material'])).name).toBe('讲义.pdf');
	await expect(readEventFile(person, event.id, fileId, ['photo'])).rejects.toThrow('file.not-found');
	await expect(getOwnEvent(as(ctx, (await aPerson(ctx)).id), event.id)).rejects.toThrow('event.not-found');

	await removeEventFile(organiser, { eventId: event.id, fileId });
	await expect(readEventFile(person, event.id, fileId)).rejects.toThrow('file.not-found');
});
