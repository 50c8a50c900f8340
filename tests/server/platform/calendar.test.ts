import { expect, test } from 'vitest';
import { type CalendarEntry, writeCalendar } from '#lib/server/platform/calendar.ts';
import { testNow } from '#tests/setup/test.ts';

const entry: CalendarEntry = {
	uid: 'event-1@mingfa',
	sequence: 2,
	starts: new Date('2026-12-01T01:00:00Z'),
	ends: new Date('2026-12-01T04:00:00Z'),
	title: '社会保险法专题讲座'
};

const write = (values: Partial<CalendarEntry> = {}) =>
	writeCalendar({ now: testNow }, '法律学习', [{ ...entry, ...values }]);
/** Lines as a calendar reads them: what was folded is one again. */
const linesOf = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

test('says what is when, in UTC, under a name that stays and a number that rises', () => {
	expect(linesOf(write())).toEqual([
		...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Mingfa//Mingfa//ZH', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH'],
		...['X-WR-CALNAME:法律学习', 'BEGIN:VEVENT', 'UID:event-1@mingfa', 'DTSTAMP:20261123T020000Z', 'SEQUENCE:2'],
		...['DTSTART:20261201T010000Z', 'DTEND:20261201T040000Z', 'SUMMARY:社会保险法专题讲座', 'STATUS:CONFIRMED'],
		...['END:VEVENT', 'END:VCALENDAR', '']
	]);
});

test('lasts a whole day where only a date is told, over the end of the year too', () => {
	const lines = linesOf(write({ starts: '2026-12-31' }));
	expect(lines).toContain('DTSTART;VALUE=DATE:20261231');
	expect(lines).toContain('DTEND;VALUE=DATE:20270101');
});

test('lets no text begin a line of its own', () => {
	const lines = linesOf(write({ title: 'a\r\nATTENDEE:mailto:x@y; b, c\\d\u0000' }));
	expect(lines).toContain('SUMMARY:a\\nATTENDEE:mailto:x@y\\; b\\, c\\\\d');
	expect(lines.some((line) => line.startsWith('ATTENDEE'))).toBe(false);
});

test('keeps every line within 75 bytes, and every character whole', () => {
	const title = '关于深入学习贯彻社会保险法、劳动合同法的专题培训班（第三期）𠮷'.repeat(4);
	const text = write({ title });
	for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
	expect(text).not.toContain('\ufffd');
	expect(linesOf(text)).toContain(`SUMMARY:${title}`);
});

test('says that something was called off', () => {
	expect(linesOf(write({ cancelled: true }))).toContain('STATUS:CANCELLED');
});
