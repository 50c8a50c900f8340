import { expect, test } from 'vitest';
import { loadLibrary } from '#lib/server/courses/content/load-library.ts';
import type { LibraryCourse } from '#lib/server/courses/content/library.ts';
import { drawQuestions, type PoolQuestion } from '#lib/server/courses/draw-questions.ts';
import { reviewQuestion } from '#lib/server/questions/review-question.ts';
import { scoreAnswer } from '#lib/server/questions/score-answer.ts';
import type { AskedQuestion } from '#lib/server/questions/stored-question.ts';
import { rightAnswer, wrongAnswer } from '#tests/factories/answers.ts';

const { library } = await loadLibrary('courses');

function poolOf({ questions }: LibraryCourse): PoolQuestion[] {
	return questions
		.filter(({ kind }) => kind !== 'case')
		.map(({ code, caseCode = null, position, content }) => ({
			id: code,
			versionId: code,
			caseId: caseCode,
			caseVersionId: caseCode,
			position,
			usableFrom: null,
			usableUntil: null,
			content: content as AskedQuestion
		}));
}

test.each(library?.courses ?? [])('every question of $slug can be drawn, answered and explained', (course) => {
	const pool = poolOf(course);
	const contents = new Map(pool.map(({ id, content }) => [id, content]));
	const drawn = drawQuestions({
		pool,
		lastAsked: new Map(),
		count: pool.length,
		today: '2026-11-23',
		seed: course.slug
	});
	expect(drawn).toHaveLength(pool.length);

	for (const [index, { questionId, parameters, optionOrder }] of drawn.entries()) {
		const content = contents.get(questionId)!;
		const [right, wrong] = [rightAnswer(content, parameters ?? {}), wrongAnswer(content)];
		expect(scoreAnswer(content, right, parameters ?? {}), `${questionId}, its own key`).toBe(true);
		expect(scoreAnswer(content, wrong, parameters ?? {}), `${questionId}, a wrong answer`).toBe(false);

		const pinned = {
			position: index + 1,
			content,
			situation: null,
			parameters,
			optionOrder,
			response: wrong,
			answeredAt: null
		};
		const { stem, explanation, options } = reviewQuestion({ ...pinned, correct: false });
		expect(`${stem}${explanation}`, `${questionId}, every value put in`).not.toMatch(/\{[a-z]/);
		if (options.length > 0)
			expect(
				options.filter(({ right, why }) => right === (why !== null)),
				`${questionId}, a reason for each wrong option and for no other`
			).toEqual([]);
	}
});

test('there is a library to look at', () => {
	expect(library?.courses.length).toBeGreaterThan(0);
});
