import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '#lib/server/platform/dates.ts';
import { isWeekend, workingDaysOf } from '#lib/server/notifications/working-days.ts';
import { stepsOn } from '#lib/server/programmes/reminders/cadence.ts';

const cadence = { daysBefore: [30, 7, 1], overdueEvery: 7, weekends: false };
const on = (today: string, last: string | null, change = {}) =>
	stepsOn(today, last, { ...cadence, ...change }).map(({ step, dueOn }) => `${step} ${dueOn}`);

describe('the steps of a day', () => {
	test('on a plain Tuesday: 30, 7 and 1 days before, the day after, and every week from there', () => {
		const steps = on('2026-11-24', '2026-11-23');
		expect(steps.slice(0, 3)).toEqual(['before-30 2026-12-24', 'before-7 2026-12-01', 'before-1 2026-11-25']);
		expect(steps.slice(3, 6)).toEqual(['overdue-0 2026-11-23', 'overdue-1 2026-11-16', 'overdue-2 2026-11-09']);
		expect(steps).toHaveLength(3 + 52);
	});

	test('on a Friday, those of the weekend too, which is quiet; on a Monday, what went overdue on it', () => {
		expect(on('2026-11-27', '2026-11-26').filter((step) => step.startsWith('before-1 '))).toEqual([
			'before-1 2026-11-28',
			'before-1 2026-11-29',
			'before-1 2026-11-30'
		]);
		expect(on('2026-11-28', '2026-11-27')).toEqual([]);
		expect(on('2026-11-30', '2026-11-27').filter((step) => step.startsWith('overdue-0'))).toEqual([
			'overdue-0 2026-11-27',
			'overdue-0 2026-11-28',
			'overdue-0 2026-11-29'
		]);
	});

	test('after a standstill, for each date the step that is nearest, and none whose date has passed', () => {
		const steps = on('2026-12-01', '2026-11-01');
		expect(steps).toContain('before-7 2026-12-08');
		expect(steps).toContain('before-30 2026-12-09');
		expect(steps.some((step) => step.startsWith('before') && step.slice(-10) < '2026-12-01')).toBe(false);
		expect(steps.filter((step) => step.endsWith('2026-12-02'))).toEqual(['before-1 2026-12-02']);
	});

	test('the first day ever makes up for nothing', () => {
		expect(on('2026-11-24', null)).toEqual(on('2026-11-24', '2026-11-23'));
	});

	test('another cadence is another set of steps', () => {
		expect(on('2026-11-24', '2026-11-23', { daysBefore: [3], overdueEvery: 30 }).slice(0, 3)).toEqual([
			'before-3 2026-11-27',
			'overdue-0 2026-11-23',
			'overdue-1 2026-10-24'
		]);
	});
});

test('whatever days are worked and missed, each step of a date comes up, in its order, and none on a quiet day', () => {
	const days = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
	fc.assert(
		fc.property(days, fc.boolean(), (worked, weekends) => {
			const due = '2026-12-16';
			let last = '2026-11-01';
			const told: { step: string; on: string }[] = [];
			for (const [index, runs] of worked.entries()) {
				const today = addDays('2026-11-02', index);
				if (!runs || (!weekends && isWeekend(today))) continue;
				for (const { step, dueOn } of stepsOn(today, last, { ...cadence, weekends }))
					if (dueOn === due && !told.some((one) => one.step === step)) told.push({ step, on: today });
				last = today;
			}
			for (const { step, on } of told) {
				const [kind, number] = step.split('-');
				if (kind === 'before') expect(daysBetween(on, due)).toBeLessThanOrEqual(Number(number) + 2);
				else expect(daysBetween(due, on)).toBeGreaterThan(7 * Number(number));
				if (!weekends) expect(isWeekend(on)).toBe(false);
			}
			if (worked.every(Boolean))
				expect(told.map(({ step }) => step).slice(0, 4)).toEqual(['before-30', 'before-7', 'before-1', 'overdue-0']);
		})
	);
});

test('speaks before a long holiday of what falls into it, and on a Saturday that is worked', () => {
	const national = Array.from({ length: 8 }, (_, day) => ({ on: `2026-10-0${day + 1}`, worked: false }));
	const days = workingDaysOf([...national, { on: '2026-10-10', worked: true }]);
	expect(on('2026-10-03', null, { days, daysBefore: [7] })).toEqual([]);
	expect(on('2026-09-30', '2026-09-29', { days, daysBefore: [7], overdueEvery: 400 })).toEqual([
		...Array.from({ length: 9 }, (_, ahead) => `before-7 ${addDays('2026-10-07', ahead)}`),
		'overdue-0 2026-09-29'
	]);
	expect(on('2026-10-10', '2026-10-09', { days, daysBefore: [1], overdueEvery: 400 })).toContain(
		'overdue-0 2026-10-09'
	);
});
