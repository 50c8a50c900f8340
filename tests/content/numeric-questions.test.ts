import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFolders } from '#lib/server/courses/content/read-library.ts';
import { smallQuestionsIn } from '#lib/server/questions/content/parse-questions.ts';
import { mistakenAnswers, numericKey, solve } from '#lib/server/questions/numeric-key.ts';
import { drawParameters, scopeOf } from '#lib/server/questions/parameters.ts';
import { equal, formatRational, readDecimal } from '#lib/server/questions/rational.ts';
import { scoreAnswer } from '#lib/server/questions/score-answer.ts';
import {
	explanationHtml,
	stemHtml,
	storedQuestion,
	type AskedQuestion
} from '#lib/server/questions/stored-question.ts';

const { courses } = await readFolders('courses', []);
const numeric = courses
	.flatMap(({ questions }) => questions?.content.questions ?? [])
	.flatMap(smallQuestionsIn)
	.filter((question) => question.kind === 'numeric');

test('the library has its calculations', () => expect(numeric.length).toBeGreaterThanOrEqual(50));

/** The numbers that a reader sees in a text. */
const numbersIn = (html: string) => html.replace(/<[^>]*>/g, '').match(/\d+(?:\.\d+)?/g) ?? [];

test.each(numeric)('$id is one clear question with one answer, whatever is drawn', (question) => {
	const key = numericKey(question);
	const asked = storedQuestion(question) as AskedQuestion;
	const answer = (number: string) => ({ kind: 'numeric', number }) as const;
	const seen = new Set<string>();

	fc.assert(
		fc.property(fc.string(), (seed) => {
			const drawn = drawParameters(question.parameters, seed);
			const numbers = JSON.stringify(drawn);
			if (seen.has(numbers)) return; // drawn alike, it is the very same question
			seen.add(numbers);
			const solution = solve(key, scopeOf(drawn));
			const right = formatRational(solution.answer);

			// Finite, not below zero, and written out in full: what is shown as the answer is the answer.
			expect(readDecimal(right)).toEqual(solution.answer);
			expect(solution.answer.n).toBeGreaterThanOrEqual(0n);
			expect(scoreAnswer(question, answer(right), drawn)).toBe(true);

			for (const mistake of mistakenAnswers(key, solution).filter((each) => !equal(each.answer, solution.answer))) {
				const wrong = answer(formatRational(mistake.answer));
				expect(scoreAnswer(question, wrong, drawn), mistake.why).toBe(false);
			}

			const [stem, explanation] = [stemHtml(asked, drawn), explanationHtml(asked, drawn)];
			expect(`${stem}${explanation}`).not.toMatch(/[{}]|undefined|NaN/);
			for (const value of Object.values(drawn)) expect(numbersIn(stem)).toContain(String(value));
			expect(numbersIn(explanation)).toContain(right);
		}),
		{ numRuns: 1000 }
	);
});
