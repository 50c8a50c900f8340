import { describe, expect, test } from 'vitest';
import { ownStanding } from '#lib/server/exams/sitting/own-standing.ts';

const now = new Date('2026-11-23T02:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

const exam = { state: 'published', attempts: 2, waitMinutes: 30, entryMinutes: null as number | null };
const candidate = { status: 'due' as const, opensAt: minutes(-60), closesAt: minutes(60), extraMinutes: 0 };
const attempt = (state: 'prepared' | 'open' | 'marked' | 'voided', submitted = -60) => ({
	state,
	submittedAt: state === 'marked' ? minutes(submitted) : null
});

describe('where a candidate stands', () => {
	test.each([
		{ because: 'a paper lies ready', attempts: [attempt('prepared')], state: 'open' },
		{ because: 'a paper is open', attempts: [attempt('open')], state: 'running' },
		{ because: 'an attempt is left', attempts: [attempt('marked')], state: 'open' },
		{ because: 'the wait is not over', attempts: [attempt('marked', -10)], state: 'waiting' },
		{ because: 'all attempts are used', attempts: [attempt('marked'), attempt('marked')], state: 'handed-in' },
		{ because: 'a voided one does not count', attempts: [attempt('voided'), attempt('marked')], state: 'open' }
	])('$state where $because', ({ attempts, state }) => {
		expect(ownStanding(now, { exam, candidate, attempts }).state).toBe(state);
	});

	test.each([
		{ because: 'it opens later', candidate: { ...candidate, opensAt: minutes(1) }, state: 'ahead' },
		{ because: 'the window is over', candidate: { ...candidate, closesAt: minutes(-1) }, state: 'missed' },
		{
			because: 'extra time keeps it open',
			candidate: { ...candidate, closesAt: minutes(-1), extraMinutes: 5 },
			state: 'open'
		},
		{ because: 'the person is exempt', candidate: { ...candidate, status: 'exempt' as const }, state: 'exempt' }
	])('$state where $because', ({ candidate, state }) => {
		expect(ownStanding(now, { exam, candidate, attempts: [attempt('prepared')] }).state).toBe(state);
	});

	test('says until when to wait, and that entry is closed', () => {
		expect(ownStanding(now, { exam, candidate, attempts: [attempt('marked', -10)] }).until).toEqual(minutes(20));
		const closed = ownStanding(now, {
			exam: { ...exam, entryMinutes: 15 },
			candidate,
			attempts: [attempt('prepared')]
		});
		expect(closed.state).toBe('entry-closed');
	});

	test('an exam that is called off is cancelled for everybody', () => {
		const called = { ...exam, state: 'cancelled' };
		expect(ownStanding(now, { exam: called, candidate, attempts: [attempt('prepared')] }).state).toBe('cancelled');
	});
});
