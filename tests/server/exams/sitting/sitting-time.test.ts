import { expect, test } from 'vitest';
import { deadlineOf, entryRefusal } from '#lib/server/exams/sitting/sitting-time.ts';

const at = (time: string) => new Date(`2026-11-23T${time}:00Z`);
const own = { closesAt: at('03:00'), minutes: 60, extraMinutes: 0 };

test('ends after its minutes, or with the window for those who started late', () => {
	expect(deadlineOf(at('01:30'), own)).toEqual(at('02:30'));
	expect(deadlineOf(at('02:30'), own)).toEqual(at('03:00'));
});

test('adds extra time to both, so that starting late does not take it away', () => {
	const longer = { ...own, extraMinutes: 15 };
	expect(deadlineOf(at('01:30'), longer)).toEqual(at('02:45'));
	expect(deadlineOf(at('02:30'), longer)).toEqual(at('03:15'));
});

const window = { opensAt: at('01:00'), closesAt: at('03:00'), entryMinutes: 30, extraMinutes: 0 };

test.for([
	['00:59', 'exam.not-open'],
	['01:00', undefined],
	['01:29', undefined],
	['01:30', 'exam.entry-closed'],
	['03:00', 'exam.closed']
] as const)('at %s entering is %s', ([time, refusal]) => {
	expect(entryRefusal(at(time), window)).toBe(refusal);
});

test('without an entry limit it can be entered until it closes', () => {
	expect(entryRefusal(at('02:59'), { ...window, entryMinutes: null })).toBeUndefined();
});
