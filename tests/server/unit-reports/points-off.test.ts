import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#lib/server/platform/dates.ts';
import { daysLate, mostOff, pointsOff, usualDueDate, usualLateRule } from '#lib/server/unit-reports/points-off.ts';

const due = usualDueDate(2026);

test.each([
	{ filedOn: '2027-01-14', off: 0, because: 'the day before' },
	{ filedOn: '2027-01-15', off: 0, because: 'the day itself' },
	{ filedOn: '2027-01-16', off: 0.5, because: 'a day late' },
	{ filedOn: '2027-01-30', off: 0.5, because: 'fifteen days late' },
	{ filedOn: '2027-01-31', off: 1, because: 'sixteen days late' },
	{ filedOn: '2027-02-15', off: 1, because: 'a month late' },
	{ filedOn: '2027-02-16', off: 5, because: 'later than a month' }
])('takes $off of 5 points: $because', ({ filedOn, off }) => {
	expect(pointsOff(5, { dueOn: due, filedOn }, usualLateRule)).toBe(off);
});

test('the filing that costs most counts', () => {
	const filings = [
		{ dueOn: due, filedOn: '2027-01-14' },
		{ dueOn: '2027-01-25', filedOn: '2027-01-27' }
	];
	expect(mostOff(5, filings, usualLateRule)).toBe(0.5);
	expect(mostOff(5, [], usualLateRule)).toBe(0);
});

test('never takes less for coming later, and never more than there is', () => {
	const days = fc.integer({ min: -40, max: 400 });
	fc.assert(
		fc.property(days, days, fc.integer({ min: 0, max: 1000 }), (one, other, hundredths) => {
			const [early, late] = [Math.min(one, other), Math.max(one, other)];
			const points = hundredths / 100;
			const off = (after: number) => pointsOff(points, { dueOn: due, filedOn: addDays(due, after) }, usualLateRule);
			expect(off(early)).toBeLessThanOrEqual(off(late));
			expect(off(late)).toBeLessThanOrEqual(points);
			expect(daysLate({ dueOn: due, filedOn: addDays(due, late) })).toBe(Math.max(0, late));
		})
	);
});
