import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { numericValues } from '#lib/server/questions/numeric-values.ts';
import { letterOf } from '#lib/server/questions/letters.ts';
import type { ParameterValues } from '#lib/server/questions/parameters.ts';
import type { Answer } from '#lib/server/questions/score-answer.ts';

/** The right answer to a question, as a person who knows would give it. */
export function rightAnswer(question: SmallContent, parameters: ParameterValues = {}): Answer {
	switch (question.kind) {
		case 'single':
		case 'multiple':
			return { kind: question.kind, chosen: [...question.key] };
		case 'true-false':
			return { kind: 'true-false', value: question.key };
		case 'fill-in':
			return {
				kind: 'fill-in',
				blanks: question.blanks.map((blank) => ('accept' in blank ? blank.accept[0]! : String(blank.number)))
			};
		case 'numeric':
			return { kind: 'numeric', number: numericValues(question, parameters).answer! };
		case 'matching':
			return { kind: 'matching', matched: question.pairs.map((_, index) => letterOf(index)) };
		case 'ordering':
			return { kind: 'ordering', order: question.items.map((_, index) => letterOf(index)) };
		case 'short-answer':
		case 'essay':
			return { kind: question.kind, text: question.reference };
	}
}

/** A wrong answer of the right shape: where options are chosen, exactly the ones that are not the key. */
export function wrongAnswer(question: SmallContent): Answer {
	switch (question.kind) {
		case 'single':
		case 'multiple': {
			const letters = question.options.map((_, index) => String.fromCharCode(65 + index));
			const others = letters.filter((letter) => !(question.key as string[]).includes(letter));
			return { kind: question.kind, chosen: question.kind === 'single' ? others.slice(0, 1) : others };
		}
		case 'true-false':
			return { kind: 'true-false', value: !question.key };
		case 'fill-in':
			return { kind: 'fill-in', blanks: question.blanks.map(() => '错') };
		case 'numeric':
			return { kind: 'numeric', number: '0.01' };
		case 'matching':
			return { kind: 'matching', matched: rotated(question.pairs) };
		case 'ordering':
			return { kind: 'ordering', order: rotated(question.items) };
		case 'short-answer':
		case 'essay':
			return { kind: question.kind, text: '不清楚' };
	}
}

/** Every letter one place too late. */
function rotated(list: unknown[]): string[] {
	const letters = list.map((_, index) => letterOf(index));
	return [...letters.slice(1), letters[0]!];
}
