import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendanceOutcome, creditedHours, type Presence } from '#lib/server/events/attendance-outcome.ts';

const seventh = 0.143;
const present = (times: number): Presence[] => Array.from({ length: times }, () => 'present');

test.each<{ presences: (Presence | null)[]; outcome: string; because: string }>([
	{ presences: ['present'], outcome: 'attended', because: 'there' },
	{ presences: [null], outcome: 'absent', because: 'nobody noted them' },
	{ presences: ['absent'], outcome: 'absent', because: 'not there' },
	{ presences: ['leave'], outcome: 'on-leave', because: 'a seventh of one session is none' },
	{ presences: ['partial'], outcome: 'partial', because: 'half of the only session was missed' },
	{ presences: ['leave', ...present(6)], outcome: 'attended', because: 'one of seven with leave' },
	{ presences: ['leave', 'leave', ...present(5)], outcome: 'partial', because: 'two of seven are over a seventh' },
	{ presences: ['leave', 'leave', ...present(12)], outcome: 'attended', because: 'two of fourteen with leave' },
	{ presences: ['partial', ...present(6)], outcome: 'attended', because: 'half a session of seven' },
	{ presences: ['partial', 'partial', ...present(5)], outcome: 'attended', because: 'two halves of seven are one' },
	{ presences: ['partial', 'leave', ...present(5)], outcome: 'partial', because: 'one and a half of seven' },
	{ presences: ['absent', ...present(13)], outcome: 'partial', because: 'one of fourteen without leave' },
	{ presences: [null, ...present(13)], outcome: 'partial', because: 'one of fourteen was never noted' },
	{ presences: ['leave', 'absent'], outcome: 'on-leave', because: 'never there, with leave once' }
])('$presences comes to $outcome: $because', ({ presences, outcome }) => {
	expect(attendanceOutcome(presences, seventh)).toBe(outcome);
});

test.each<{ presences: (Presence | null)[]; earned: number; because: string }>([
	{ presences: ['leave', ...present(6)], earned: 21, because: 'attended enough earns all of it' },
	{ presences: ['absent', ...present(6)], earned: 18, because: 'six of seven sessions' },
	{ presences: ['leave', 'leave', ...present(5)], earned: 15, because: 'leave beyond the limit is not there' },
	{ presences: ['partial', 'absent', ...present(5)], earned: 16.5, because: 'half a session counts half' },
	{ presences: ['partial', ...Array.from({ length: 6 }, () => null)], earned: 1.5, because: 'a little is a little' },
	{ presences: ['leave', 'absent'], earned: 0, because: 'never there' }
])('$presences of 21 hours earn $earned: $because', ({ presences, earned }) => {
	expect(creditedHours(presences, seventh, 21)).toBe(earned);
});

test('a part of the hours is rounded down to a tenth, and is never all of them', () => {
	expect(creditedHours(['present', 'absent', 'absent'], seventh, 4)).toBe(1.3);
	expect(creditedHours(['present', 'absent', 'absent'], seventh, 0.1)).toBe(0);
});

const aPresence = fc.constantFrom<Presence | null>('present', 'partial', 'leave', 'absent', null);
const order = ['absent', 'on-leave', 'partial', 'attended'];

test('being there in one session more never makes it worse, and the order of sessions says nothing', () => {
	fc.assert(
		fc.property(
			fc.array(aPresence, { minLength: 1, maxLength: 20 }),
			fc.nat(19),
			fc.double({ min: 0, max: 1, noNaN: true }),
			(presences, at, limit) => {
				const before = attendanceOutcome(presences, limit);
				const after = attendanceOutcome(presences.with(at % presences.length, 'present'), limit);
				expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
				expect(attendanceOutcome(presences.toReversed(), limit)).toBe(before);
			}
		)
	);
});
