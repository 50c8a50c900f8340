import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workingDaysOf } from '#lib/server/notifications/working-days.ts';
import { addDays } from '#lib/server/platform/dates.ts';
import { daysNeeded, lastDayToStart, startOf, workingDays } from '#lib/server/programmes/last-day-to-start.ts';

const lessons = (count: number) => ({ lessons: count, hours: 0 });

test.each([
	{ dueOn: '2026-12-18', work: lessons(0), day: '2026-12-18', because: 'nothing is left' },
	{ dueOn: '2026-12-18', work: lessons(1), day: '2026-12-18', because: 'one lesson fits into the last day' },
	{ dueOn: '2026-12-18', work: lessons(2), day: '2026-12-17', because: 'two lessons take two days' },
	{ dueOn: '2026-12-18', work: lessons(6), day: '2026-12-11', because: 'a weekend lies between' },
	{ dueOn: '2026-12-20', work: lessons(1), day: '2026-12-18', because: 'a Sunday is no day to study' },
	{ dueOn: '2026-12-20', work: { lessons: 0, hours: 3 }, day: '2026-12-17', because: 'three hours take two days' },
	{ dueOn: '2028-03-01', work: lessons(3), day: '2028-02-28', because: 'the leap day is a Tuesday' },
	{ dueOn: '2027-01-01', work: lessons(2), day: '2026-12-31', because: 'the year turns' }
])('$work due on $dueOn is begun by $day: $because', ({ dueOn, work, day }) => {
	expect(lastDayToStart(dueOn, work)).toBe(day);
});

test('from the last day to start on, exactly as many working days are left as the work takes', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 60 }), (offset, count) => {
			const dueOn = addDays('2026-01-01', offset);
			const day = lastDayToStart(dueOn, lessons(count));
			const needed = daysNeeded(lessons(count));
			const between = workingDays(day, dueOn);
			expect(between).toBe(needed);
			expect(workingDays(addDays(day, 1), dueOn)).toBe(needed - 1);
		})
	);
});

test('once that day has passed, says what a working day asks for instead; of what is overdue, nothing', () => {
	expect(startOf('2026-11-27', lessons(10), '2026-11-23')).toEqual({ late: true, perDay: 2 });
	expect(startOf('2026-11-29', { lessons: 0, hours: 10 }, '2026-11-28')).toEqual({ late: true, perDay: 10 });
	expect(startOf('2026-12-31', lessons(3), '2026-11-23')).toEqual({ by: '2026-12-29' });
	expect(startOf('2026-11-20', lessons(3), '2026-11-23')).toBeNull();
	expect(startOf('2026-12-31', lessons(0), '2026-11-23')).toBeNull();
});

test('leaves out holidays, and counts weekends that are worked for them', () => {
	const national = Array.from({ length: 7 }, (_, day) => ({ on: `2026-10-0${day + 1}`, worked: false }));
	const calendar = workingDaysOf([...national, { on: '2026-10-10', worked: true }]);
	expect(lastDayToStart('2026-10-11', lessons(3), calendar)).toBe('2026-10-08');
	expect(lastDayToStart('2026-10-07', lessons(2), calendar)).toBe('2026-09-29');
	expect(workingDays('2026-09-28', '2026-10-11', calendar)).toBe(6);
});
