import { describe, expect, test } from 'vitest';
import { digestMoment } from '#lib/server/notifications/digest-moment.ts';
import { isQuiet, nextAwake } from '#lib/server/notifications/quiet-hours.ts';
import { workingDaysOf } from '#lib/server/notifications/working-days.ts';
import { instantAt, localTimeOf } from '#lib/server/platform/dates.ts';

const night = { from: '20:00', until: '08:00', weekends: false };
const always = { from: '20:00', until: '08:00', weekends: true };
const noon = { from: '12:00', until: '14:00', weekends: true };

describe('nothing goes out in quiet hours, and it does the moment they end', () => {
	test.each([
		{ at: '2026-11-23T19:59', quiet: night, goes: '2026-11-23T19:59', because: 'a minute before the evening' },
		{ at: '2026-11-23T20:00', quiet: night, goes: '2026-11-24T08:00', because: 'the evening has begun' },
		{ at: '2026-11-24T00:10', quiet: night, goes: '2026-11-24T08:00', because: 'the night lies within' },
		{ at: '2026-11-24T07:59', quiet: night, goes: '2026-11-24T08:00', because: 'the last quiet minute' },
		{ at: '2026-11-24T08:00', quiet: night, goes: '2026-11-24T08:00', because: 'the end itself is awake' },
		{ at: '2026-11-27T20:00', quiet: night, goes: '2026-11-30T08:00', because: 'Friday evening waits for Monday' },
		{ at: '2026-11-29T12:00', quiet: night, goes: '2026-11-30T08:00', because: 'a Sunday is quiet' },
		{ at: '2026-11-28T09:00', quiet: always, goes: '2026-11-28T09:00', because: 'weekends may be days as others' },
		{ at: '2026-11-23T12:30', quiet: noon, goes: '2026-11-23T14:00', because: 'quiet at noon' },
		{ at: '2026-12-31T21:00', quiet: night, goes: '2027-01-01T08:00', because: 'the year turns' }
	])('$at waits until $goes: $because', ({ at, quiet, goes }) => {
		const moment = nextAwake(instantAt(at), quiet);
		expect(localTimeOf(moment)).toBe(goes);
		expect(isQuiet(moment, quiet)).toBe(false);
	});
});

describe('a digest goes out once a day', () => {
	const moment = (openedAt: string, lastOn: string | null, rhythm: 'daily' | 'at-once' = 'daily') =>
		localTimeOf(digestMoment({ openedAt: instantAt(openedAt), lastOn, rhythm }, night));

	test.each([
		{
			openedAt: '2026-11-23T10:00',
			lastOn: null,
			goes: '2026-11-23T10:15',
			because: 'what belongs together is gathered'
		},
		{ openedAt: '2026-11-23T10:00', lastOn: '2026-11-22', goes: '2026-11-23T10:15', because: 'yesterday had its own' },
		{ openedAt: '2026-11-23T10:00', lastOn: '2026-11-23', goes: '2026-11-24T08:00', because: 'today had one already' },
		{
			openedAt: '2026-11-27T10:00',
			lastOn: '2026-11-27',
			goes: '2026-11-30T08:00',
			because: 'the next day is a Saturday'
		},
		{ openedAt: '2026-11-23T19:50', lastOn: null, goes: '2026-11-24T08:00', because: 'gathering ends in the evening' }
	])('what came up at $openedAt, the last on $lastOn, goes at $goes: $because', ({ openedAt, lastOn, goes }) => {
		expect(moment(openedAt, lastOn)).toBe(goes);
	});

	test('unless somebody wants everything at once: then whenever it comes up, but in quiet hours', () => {
		expect(moment('2026-11-23T10:00', '2026-11-23', 'at-once')).toBe('2026-11-23T10:00');
		expect(moment('2026-11-23T22:00', null, 'at-once')).toBe('2026-11-24T08:00');
	});
});

test('holidays are quiet like weekends, and a Saturday that is worked is not', () => {
	const national = Array.from({ length: 7 }, (_, day) => ({ on: `2026-10-0${day + 1}`, worked: false }));
	const quiet = { ...night, days: workingDaysOf([...national, { on: '2026-10-10', worked: true }]) };
	expect(localTimeOf(nextAwake(instantAt('2026-09-30T21:00'), quiet))).toBe('2026-10-08T08:00');
	expect(isQuiet(instantAt('2026-10-10T10:00'), quiet)).toBe(false);
});
