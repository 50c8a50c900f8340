import { letterOf, placeOf } from './letters.ts';
import type { Answer } from './score-answer.ts';

/** An answer as it stands in the database, with the letters that the reader saw: the first one shown is A. */
export function asShown(answer: Answer | null, optionOrder: string[] | null): Answer | null {
	if (!answer || !optionOrder) return answer;
	const shown = (stated: string) => letterOf(optionOrder.indexOf(stated));
	if ('chosen' in answer) {
		const chosen = optionOrder.flatMap((stated, index) => (answer.chosen.includes(stated) ? [letterOf(index)] : []));
		return { kind: answer.kind, chosen };
	}
	if ('matched' in answer) return { ...answer, matched: answer.matched.map((letter) => letter && shown(letter)) };
	if ('order' in answer) return { ...answer, order: answer.order.map(shown) };
	return answer;
}

/** An answer in the letters that the reader saw, as it is kept: in stated letters, a choice in their order. */
export function asStated(answer: Answer, optionOrder: string[] | null): Answer {
	if (!optionOrder) return answer;
	const stated = (letter: string) => optionOrder[placeOf(letter) - 1] ?? letter;
	if ('chosen' in answer) return { kind: answer.kind, chosen: answer.chosen.map(stated).toSorted() };
	if ('matched' in answer) return { ...answer, matched: answer.matched.map((letter) => letter && stated(letter)) };
	if ('order' in answer) return { ...answer, order: answer.order.map(stated) };
	return answer;
}

/** Whether an answer says nothing, so that keeping it takes an earlier one back. */
export function isUnanswered(answer: Answer | null | undefined): boolean {
	if (!answer) return true;
	switch (answer.kind) {
		case 'single':
		case 'multiple':
			return answer.chosen.length === 0;
		case 'true-false':
			return false;
		case 'fill-in':
			return answer.blanks.every((blank) => blank.trim() === '');
		case 'numeric':
			return answer.number.trim() === '';
		case 'matching':
			return answer.matched.every((letter) => letter === null);
		case 'ordering':
			return answer.order.length === 0;
		case 'short-answer':
		case 'essay':
			return answer.text.trim() === '';
	}
}
