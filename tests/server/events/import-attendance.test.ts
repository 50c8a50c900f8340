import { expect } from 'vitest';
import { importAttendance } from '#lib/server/events/import-attendance.ts';
import { listAttendance } from '#lib/server/events/list-participants.ts';
import { aWorkbook } from '#tests/factories/files.ts';
import { aHeldEvent, type MadeEvent } from '#tests/factories/events.ts';
import { aPerson } from '#tests/factories/people.ts';
import { test } from '#tests/setup/test.ts';

async function presencesOf({ organiser, event, people }: MadeEvent) {
	const list = await listAttendance(organiser, event.id);
	return people.map(({ id }) => list.find((line) => line.id === id)?.presences);
}

test('takes every cell that it can read, and says of every other one why not', async ({ ctx }) => {
	const made = await aHeldEvent(ctx, { sessions: 2 });
	const stranger = await aPerson(ctx);
	const [one, two, three] = made.people.map(({ staffNumber }) => staffNumber);
	const file = await aWorkbook([
		['2026年度培训班签到表'],
		['工号', '姓名', '第1场', '第2场'],
		[one!, '', '√', '请假'],
		[two!, '', '迟到', ''],
		[three!, '', '也许', '缺席'],
		[two!, '', '√', '√'],
		['Z999999', '', '√', '√'],
		[stranger.staffNumber, '', '√', '√']
	]);
	expect(await importAttendance(made.organiser, { eventId: made.event.id, file })).toEqual({
		rows: 6,
		notes: 4,
		refused: [
			{ row: 5, typed: '也许', reason: 'word', session: 1 },
			{ row: 6, typed: two, reason: 'twice' },
			{ row: 7, typed: 'Z999999', reason: 'unknown' },
			{ row: 8, typed: stranger.staffNumber, reason: 'not-listed' }
		]
	});
	expect(await presencesOf(made)).toEqual([
		['present', 'leave'],
		['partial', null],
		[null, 'absent']
	]);
});

test('reads CSV from Excel in Chinese Windows, and columns headed by the title of a session', async ({ ctx }) => {
	const made = await aHeldEvent(ctx, { sessions: 2, sessionTitle: ['社会保险法', '劳动合同法'], people: 1 });
	const csv = Buffer.from(`staff number,劳动合同法\r\n${made.people[0]!.staffNumber},present\r\n`);
	expect(await importAttendance(made.organiser, { eventId: made.event.id, file: csv })).toMatchObject({
		notes: 1,
		refused: []
	});
	expect(await presencesOf(made)).toEqual([[null, 'present']]);
});

test.for([
	{ rows: [['姓名', '第1场']], code: 'attendance.no-headers' },
	{ rows: [['工号', '姓名', '备注']], code: 'attendance.no-session' }
])('refuses with $code a sheet that does not say what it is about', async ({ rows, code }, { ctx }) => {
	const made = await aHeldEvent(ctx);
	await expect(
		importAttendance(made.organiser, { eventId: made.event.id, file: await aWorkbook(rows) })
	).rejects.toThrow(code);
});
