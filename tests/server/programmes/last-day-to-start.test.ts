import { expect, test } from 'vitest';
import { lastDayToStart } from '#lib/server/programmes/last-day-to-start.ts';

test.each([
	{ dueOn: '2026-12-18', minutes: 0, day: '2026-12-18', because: 'nothing is left' },
	{ dueOn: '2026-12-18', minutes: 30, day: '2026-12-18', because: 'half an hour fits into the last day' },
	{ dueOn: '2026-12-18', minutes: 35, day: '2026-12-17', because: 'more than half an hour takes two days' },
	{ dueOn: '2026-12-18', minutes: 180, day: '2026-12-11', because: 'a weekend lies between' },
	{ dueOn: '2026-12-20', minutes: 30, day: '2026-12-18', because: 'a Sunday is no day to study' },
	{ dueOn: '2028-03-01', minutes: 90, day: '2028-02-28', because: 'the leap day is a Tuesday' },
	{ dueOn: '2027-01-01', minutes: 60, day: '2026-12-31', because: 'the year turns' }
])('$minutes minutes due on $dueOn are begun by $day: $because', ({ dueOn, minutes, day }) => {
	expect(lastDayToStart(dueOn, minutes)).toBe(day);
});
