import { expect, test } from 'vitest';
import { type Card, reviewed } from '#lib/server/practice/review-rule.ts';

const day = (days: number) => new Date(Date.parse('2026-11-23T02:00:00Z') + days * 86_400_000);
const practised = (correct: boolean, days: number) => ({ correct, at: day(days), source: 'practice' as const });
const daysUntil = ({ dueAt }: Card, from: number) => (dueAt.getTime() - day(from).getTime()) / 86_400_000;

/** The days between reviews of a question that is answered on the day that it is due, each time as told. */
function intervals(...answers: boolean[]): number[] {
	let [card, today]: [Card | null, number] = [null, 0];
	return answers.map((correct) => {
		card = reviewed(card, practised(correct, today))!;
		const days = daysUntil(card, today);
		today += days;
		return days;
	});
}

test('whoever keeps being right is asked at ever longer intervals, a year at most', () => {
	const days = intervals(true, true, true, true, true, true, true);
	expect(days).toEqual(days.toSorted((a, b) => a - b));
	expect(days[0]).toBe(3);
	expect(days.at(-1)).toBe(365);
	expect(days.every(Number.isInteger)).toBe(true);
});

test('a wrong answer brings a question back the next day, and afterwards sooner than if it had been right', () => {
	expect(intervals(false)).toEqual([1]);
	const [, , right] = intervals(true, true, true);
	const [, lapse, after] = intervals(true, false, true);
	expect(lapse).toBe(1);
	expect(after).toBeLessThan(right!);
});

test('the same answers always lead to the same day', () => {
	expect(intervals(true, true, false, true)).toEqual(intervals(true, true, false, true));
});

test('review begins with a wrong answer or with practice, not with a right answer in a check or an exam', () => {
	for (const source of ['check', 'exam'] as const) {
		expect(reviewed(null, { correct: true, at: day(0), source })).toBeNull();
		expect(reviewed(null, { correct: false, at: day(0), source })).toMatchObject({ repetitions: 1 });
	}
	expect(reviewed(null, practised(true, 0))).not.toBeNull();
});

test('an answer that becomes known after newer ones changes nothing', () => {
	const card = reviewed(null, practised(true, 5))!;
	expect(reviewed(card, { correct: false, at: day(1), source: 'exam' })).toBe(card);
});

test('what was put aside stays aside when it is right, and comes back when it is wrong', () => {
	const card = { ...reviewed(null, practised(false, 0))!, dismissedAt: day(1) };
	expect(reviewed(card, practised(true, 2))!.dismissedAt).toEqual(day(1));
	expect(reviewed(card, practised(false, 2))!.dismissedAt).toBeNull();
});
