import { expect, test } from 'vitest';
import { agreedScore } from '#lib/server/exams/marking/agreed-score.ts';

const marks = (...scores: number[]) => scores.map((score, index) => ({ round: index + 1, score }));

test.each([
	{ scores: [], second: false, score: undefined, because: 'nobody has marked' },
	{ scores: [7], second: false, score: 7, because: 'one marker is enough' },
	{ scores: [7], second: true, score: undefined, because: 'a second is needed' },
	{ scores: [7, 8.25], second: true, score: 7.63, because: 'the mean, half up' },
	{ scores: [5, 8], second: true, score: 6.5, because: 'three points apart are allowed' },
	{ scores: [5, 8.01], second: true, score: undefined, because: 'further apart goes to a third' },
	{ scores: [5, 9, 8], second: true, score: 8, because: 'the third decides' }
])('marks $scores come to $score: $because', ({ scores, second, score }) => {
	expect(agreedScore(marks(...scores), { needsSecond: second, difference: 3 })).toBe(score);
});
