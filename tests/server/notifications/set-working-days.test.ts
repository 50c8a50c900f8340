import { expect } from 'vitest';
import { readLines, writeLines } from '#lib/server/notifications/calendar-lines.ts';
import { listCalendarDays, readWorkingDays } from '#lib/server/notifications/read-working-days.ts';
import { setWorkingDays } from '#lib/server/notifications/set-working-days.ts';
import { aPerson } from '../../factories/people.ts';
import { as, theProvince } from '../../factories/units.ts';
import { test } from '../../setup/test.ts';

const off = '2026-05-01 至 2026-05-03 劳动节\n2026-10-01 国庆节';

test('a year is entered as lines, read back as lines, and entered anew as a whole', async ({ ctx }) => {
	const province = await theProvince(ctx);
	const hr = as(ctx, (await aPerson(ctx, { unit: province })).id, { role: 'hr', unit: province });
	await setWorkingDays(hr, { year: 2026, off, worked: '2026-05-09' });
	const days = await listCalendarDays(ctx, 2026);
	expect(writeLines(days.filter(({ worked }) => !worked))).toBe(off);

	const calendar = await readWorkingDays(ctx);
	expect([calendar.isOff('2026-05-01'), calendar.isOff('2026-05-09')]).toEqual([true, false]);

	await setWorkingDays(hr, { year: 2026, off: '2026-01-01 元旦', worked: '' });
	expect(await listCalendarDays(ctx, 2026)).toEqual([{ on: '2026-01-01', worked: false, name: '元旦' }]);
});

test('the same day is not both off and worked, and only those who set reminders enter it', async ({ ctx }) => {
	const province = await theProvince(ctx);
	const person = await aPerson(ctx, { unit: province });
	const hr = as(ctx, person.id, { role: 'hr', unit: province });
	await expect(setWorkingDays(hr, { year: 2026, off, worked: '2026-10-01' })).rejects.toThrow('workdays.twice');
	const liaison = as(ctx, (await aPerson(ctx, { unit: province })).id, { role: 'liaison', unit: province });
	await expect(setWorkingDays(liaison, { year: 2026, off, worked: '' })).rejects.toThrow('access.forbidden');
});

test.for([
	['十月一日', 'workdays.line'],
	['2026-02-30 无', 'workdays.line'],
	['2026-10-07 至 2026-10-01', 'workdays.line'],
	['2026-01-01 至 2026-12-31', 'workdays.line'],
	['2027-01-01 元旦', 'workdays.other-year']
])('does not take %j', ([line, code]) => {
	expect(() => readLines(`\n${line}`, 2026, { worked: false, field: 'off' })).toThrow(code);
});
