import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attendanceOutcome, type Presence } from '#lib/server/events/attendance-outcome.ts';

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
