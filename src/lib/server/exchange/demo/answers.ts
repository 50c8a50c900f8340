import { letterOf } from '../../questions/letters.ts';
import { mistakenAnswers, numericKey, solve } from '../../questions/numeric-key.ts';
import { numericValues } from '../../questions/numeric-values.ts';
import { type ParameterValues, scopeOf } from '../../questions/parameters.ts';
import { formatRational } from '../../questions/rational.ts';
import type { Answer } from '../../questions/score-answer.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';

/** What somebody answers who knows. */
export function rightAnswer(question: AskedQuestion, parameters: ParameterValues): Answer {
	switch (question.kind) {
		case 'single':
		case 'multiple':
			return { kind: question.kind, chosen: [...question.key] };
		case 'true-false':
			return { kind: 'true-false', value: question.key };
		case 'fill-in':
			return {
				kind: 'fill-in',
				blanks: question.blanks.map((blank) => ('accept' in blank ? (blank.accept[0] ?? '') : String(blank.number)))
			};
		case 'numeric':
			return { kind: 'numeric', number: numericValues(question, parameters).answer ?? '' };
		case 'matching':
			return { kind: 'matching', matched: question.pairs.map((_, index) => letterOf(index)) };
		case 'ordering':
			return { kind: 'ordering', order: question.items.map((_, index) => letterOf(index)) };
		case 'short-answer':
		case 'essay':
			return { kind: question.kind, text: question.reference };
	}
}

/** What people answer who do not: the mistakes that the author foresaw, where there are any. */
export function wrongAnswers(question: AskedQuestion, parameters: ParameterValues): Answer[] {
	switch (question.kind) {
		case 'single':
			return lettersOf(question)
				.filter((letter) => !(question.key as string[]).includes(letter))
				.map((letter) => ({ kind: 'single', chosen: [letter] }));
		case 'multiple':
			return lettersOf(question).map((letter) => ({ kind: 'multiple', chosen: toggled(question.key, letter) }));
		case 'true-false':
			return [{ kind: 'true-false', value: !question.key }];
		case 'fill-in':
			return question.blanks.flatMap(({ mistakes }, place) =>
				(mistakes ?? [{ answer: '无' }]).map(({ answer }) => {
					const right = rightAnswer(question, parameters) as { kind: 'fill-in'; blanks: string[] };
					return { ...right, blanks: right.blanks.with(place, answer) };
				})
			);
		case 'numeric': {
			const key = numericKey(question);
			const mistaken = mistakenAnswers(key, solve(key, scopeOf(parameters)));
			return [...mistaken.map(({ answer }) => formatRational(answer)), '1'].map((number) => ({
				kind: 'numeric',
				number
			}));
		}
		case 'matching':
			return [{ kind: 'matching', matched: swapped(question.pairs) }];
		case 'ordering':
			return [{ kind: 'ordering', order: swapped(question.items) }];
		case 'short-answer':
		case 'essay':
			return [{ kind: question.kind, text: '不清楚' }];
	}
}

const lettersOf = ({ options }: { options: unknown[] }) => options.map((_, index) => letterOf(index));

/** Letters in their order, but the first two the wrong way round. */
function swapped(list: unknown[]): string[] {
	const [first, second, ...rest] = list.map((_, index) => letterOf(index));
	return [second!, first!, ...rest];
}

/** The key with one option too many, or one missing; at least one stays chosen. */
function toggled(key: string[], letter: string): string[] {
	const chosen = key.includes(letter) ? key.filter((other) => other !== letter) : [...key, letter];
	return chosen.length > 0 ? chosen.sort() : [letter];
}
