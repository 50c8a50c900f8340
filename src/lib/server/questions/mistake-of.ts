import type { BlankContent, SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { letterOf } from './letters.ts';
import { mistakenAnswers, numericKey, solve } from './numeric-key.ts';
import { scopeOf, type ParameterValues } from './parameters.ts';
import { equal } from './rational.ts';
import { isWithin, scoreAnswer, scoreBlanks, type Answer } from './score-answer.ts';
import { normaliseAnswer, readTypedNumber } from './typed-answer.ts';

/** Why an answer is wrong, in the author's words. */
export interface Mistake {
	/** The option chosen or the number of the blank (from 1), where the reason belongs to one of several. */
	at?: string | number;
	why: string;
}

/** The typical mistakes that a wrong answer shows; none for a right one, and none where the author foresaw none. */
export function mistakesOf(
	question: SmallContent,
	answer: Answer | undefined,
	parameters: ParameterValues = {}
): Mistake[] {
	if (!answer || answer.kind !== question.kind || scoreAnswer(question, answer, parameters)) return [];
	if (question.kind === 'true-false') return [{ why: question.why }];
	if ((question.kind === 'single' || question.kind === 'multiple') && 'chosen' in answer) {
		return question.options.flatMap(({ why }, index) => {
			const letter = letterOf(index);
			return why && answer.chosen.includes(letter) ? [{ at: letter, why }] : [];
		});
	}
	if (question.kind === 'fill-in' && 'blanks' in answer) {
		const right = scoreBlanks(question.blanks, answer.blanks);
		return question.blanks.flatMap((blank, index) => {
			const why = right[index] ? undefined : mistakeInBlank(blank, answer.blanks[index] ?? '');
			return why ? [{ at: index + 1, why }] : [];
		});
	}
	if (question.kind === 'numeric' && 'number' in answer) {
		const given = readTypedNumber(answer.number, question.unit);
		if (!given) return [];
		const key = numericKey(question);
		const solution = solve(key, scopeOf(parameters));
		const shown = mistakenAnswers(key, solution).find(
			(mistake) => !equal(mistake.answer, solution.answer) && isWithin(given, mistake.answer, key.tolerance)
		);
		return shown ? [{ why: shown.why }] : [];
	}
	return [];
}

function mistakeInBlank(blank: BlankContent, typed: string): string | undefined {
	const given = normaliseAnswer(typed);
	if (!given) return undefined;
	const number = readTypedNumber(typed);
	return blank.mistakes?.find(({ answer }) => {
		const foreseen = 'number' in blank ? readTypedNumber(answer) : undefined;
		return normaliseAnswer(answer) === given || (foreseen && number && equal(foreseen, number));
	})?.why;
}
