import { expect, test } from 'vitest';
import { nextStep } from '#lib/server/programmes/next-step.ts';

const today = '2026-11-23';
const lesson = (id: string, courseId: string, position: number, readAt: string | null = null) => ({
	id,
	courseId,
	position,
	readAt
});
const owed = (courseId: string, dueOn: string) => ({ courseId, dueOn });
const open = [
	lesson('a2', 'a', 2),
	lesson('a1', 'a', 1),
	lesson('b1', 'b', 1),
	lesson('b2', 'b', 2, '2026-11-20T00:00:00+00:00'),
	lesson('c1', 'c', 1, '2026-11-22T00:00:00+00:00')
];

test.each([
	{
		duties: [owed('a', '2026-11-27'), owed('b', '2026-12-31')],
		next: 'a1',
		because: 'what is due within a week goes first'
	},
	{ duties: [owed('a', '2026-11-01'), owed('b', '2026-12-31')], next: 'a1', because: 'what is overdue goes first' },
	{
		duties: [owed('a', '2026-12-10'), owed('b', '2026-12-31')],
		next: 'b2',
		because: 'there is time to go on where one stopped'
	},
	{ duties: [owed('b', '2026-11-27')], next: 'b2', because: 'within a course one goes on where one stopped' },
	{
		duties: [owed('x', '2026-11-24'), owed('a', '2026-12-10')],
		next: 'a1',
		because: 'a course without open lessons has no next step'
	},
	{ duties: [], next: 'c1', because: 'nothing is owed: whatever was begun last' }
])('$next: $because', ({ duties, next }) => {
	expect(nextStep(open, duties, today)?.id).toBe(next);
});

test('there is no next step where nothing is owed or begun', () => {
	expect(nextStep([], [owed('a', '2026-12-10')], today)).toBeUndefined();
	expect(nextStep([lesson('a1', 'a', 1)], [], today)).toBeUndefined();
});
