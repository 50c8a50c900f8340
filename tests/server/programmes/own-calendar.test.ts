import { eq } from 'drizzle-orm';
import { describe, expect } from 'vitest';
import { calendarFeeds } from '#db/schema/notifications.ts';
import { obligations } from '#db/schema/programmes.ts';
import { renewFeed, revokeFeed } from '#lib/server/notifications/calendar-feed.ts';
import { setChoices } from '#lib/server/notifications/choices.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { readCalendarFeed } from '#lib/server/programmes/own-calendar.ts';
import { readCalendar } from '../../factories/calendars.ts';
import { aCourse } from '../../factories/courses.ts';
import { anOpenEvent } from '../../factories/events.ts';
import { aCandidacy } from '../../factories/exams.ts';
import { aPerson } from '../../factories/people.ts';
import { anObligation } from '../../factories/programmes.ts';
import { as } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

const address = '192.0.2.1';
const hoursOn = (ctx: Context, hours: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + hours * 3_600_000) });
const read = async (ctx: Context, secret: string) =>
	readCalendar((await readCalendarFeed(ctx, { secret, address })).text);

async function aReader(ctx: Context) {
	const person = await aPerson(ctx, { name: '沈知微', staffNumber: 'S-777' });
	const course = await aCourse(ctx, {
		title: { 'zh-CN': '工伤保险条例；认定，与证据', en: 'Work Injury; proof, facts' }
	});
	const duty = await anObligation(ctx, { person, course, dueOn: '2026-12-31' });
	return { person, duty, secret: await renewFeed(as(ctx, person.id)) };
}

test('duties are whole days, exams and events have times and places, each under a name that stays', async ({ ctx }) => {
	const { person, duty, secret } = await aReader(ctx);
	const window = { opensAt: new Date('2026-12-08T01:30:00Z'), closesAt: new Date('2026-12-08T03:00:00Z') };
	const { exam } = await aCandidacy(ctx, person, { title: '年度法律知识考试', ...window });
	const { exam: long } = await aCandidacy(ctx, person, { closesAt: new Date('2026-12-20T10:00:00Z') });
	const { event } = await anOpenEvent(ctx, { people: [person], title: '社会保险法讲座', place: '三楼会议室' });

	const entries = new Map((await read(ctx, secret)).events.map((entry) => [entry.UID, entry]));
	expect([...entries.keys()].sort()).toEqual(
		[`duty-${duty.id}@mingfa`, `exam-${exam.id}@mingfa`, `exam-${long.id}@mingfa`, `event-${event.id}-1@mingfa`].sort()
	);
	expect(entries.get(`duty-${duty.id}@mingfa`)).toMatchObject({
		SUMMARY: '截止：工伤保险条例；认定，与证据',
		'DTSTART;VALUE=DATE': '20261231',
		'DTEND;VALUE=DATE': '20270101',
		TRANSP: 'TRANSPARENT'
	});
	expect(entries.get(`exam-${exam.id}@mingfa`)).toMatchObject({
		SUMMARY: '考试：年度法律知识考试',
		DTSTART: '20261208T013000Z',
		DTEND: '20261208T030000Z'
	});
	expect(entries.get(`exam-${long.id}@mingfa`)).toMatchObject({ 'DTSTART;VALUE=DATE': '20261220' });
	expect(entries.get(`event-${event.id}-1@mingfa`)).toMatchObject({
		SUMMARY: '社会保险法讲座',
		LOCATION: '三楼会议室',
		DTSTART: '20261130T010000Z'
	});
});

test('says nothing of who it is, nor why', async ({ ctx }) => {
	const { person, secret } = await aReader(ctx);
	const { text } = await readCalendarFeed(ctx, { secret, address });
	for (const word of [person.name, person.staffNumber, person.id, '年度法治培训计划', secret])
		expect(text).not.toContain(word);
});

test('speaks the language that its reader chose', async ({ ctx }) => {
	const { person, secret } = await aReader(ctx);
	const choices = {
		mail: true,
		language: 'en',
		rhythm: 'daily',
		quiet: 'office',
		quietFrom: '',
		quietUntil: ''
	} as const;
	await setChoices(as(ctx, person.id), choices);
	const { properties, events } = await read(ctx, secret);
	expect(properties).toMatchObject({ VERSION: '2.0', METHOD: 'PUBLISH', NAME: 'Mingfa: my study dates' });
	expect(properties['X-WR-TIMEZONE']).toBe('Asia/Shanghai');
	expect(events[0]!.SUMMARY).toBe('Due: Work Injury; proof, facts');
});

test('is the same to the letter while nothing changes; a moved date rises in number, and what is done is gone', async ({
	ctx
}) => {
	const { duty, secret } = await aReader(ctx);
	const first = await readCalendarFeed(ctx, { secret, address });
	expect(await readCalendarFeed(hoursOn(ctx, 5), { secret, address })).toEqual(first);

	await ctx.db.update(obligations).set({ dueOn: '2026-12-01' }).where(eq(obligations.id, duty.id));
	const later = hoursOn(ctx, 6);
	const second = await readCalendarFeed(later, { secret, address });
	expect(second.tag).not.toBe(first.tag);
	expect(readCalendar(second.text).events).toMatchObject([
		{ UID: `duty-${duty.id}@mingfa`, SEQUENCE: '1', 'DTSTART;VALUE=DATE': '20261201', DTSTAMP: '20261123T080000Z' }
	]);
	await ctx.db
		.update(obligations)
		.set({ withdrawnAt: ctx.now, withdrawnBecause: '计划调整' })
		.where(eq(obligations.id, duty.id));
	expect((await read(hoursOn(ctx, 7), secret)).events).toEqual([]);
});

describe('the address', () => {
	test('is kept as a hash only, and leads nowhere once it was made anew or revoked', async ({ ctx }) => {
		const { person, secret } = await aReader(ctx);
		const [feed] = await ctx.db.select().from(calendarFeeds);
		expect(JSON.stringify(feed)).not.toContain(secret);
		const next = await renewFeed(as(ctx, person.id));
		await expect(read(ctx, secret)).rejects.toThrow('calendar.not-found');
		expect((await read(ctx, next)).events).toHaveLength(1);
		await revokeFeed(as(ctx, person.id));
		await expect(read(ctx, next)).rejects.toThrow('calendar.not-found');
		await expect(read(ctx, '../../etc/passwd')).rejects.toThrow('calendar.not-found');
	});

	test('is read thirty times an hour at most', async ({ ctx }) => {
		const { secret } = await aReader(ctx);
		for (let reads = 0; reads < 30; reads++) await read(ctx, secret);
		await expect(read(ctx, secret)).rejects.toThrow('calendar.too-often');
		expect((await read(hoursOn(ctx, 1), secret)).events).toHaveLength(1);
	});

	test('slows whoever guesses addresses on and on, from there alone', async ({ ctx }) => {
		const { secret } = await aReader(ctx);
		const guess = () => readCalendarFeed(ctx, { secret: 'a'.repeat(40), address: '198.51.100.7' });
		for (let tries = 0; tries < 100; tries++) await expect(guess()).rejects.toThrow('calendar.not-found');
		await expect(guess()).rejects.toThrow('calendar.too-often');
		expect((await read(ctx, secret)).events).toHaveLength(1);
	});
});
