import type { GivenAnswer } from '#lib/schemas/answers.ts';

/** Whether an answer says anything at all. */
export function saysSomething(answer: GivenAnswer | null): boolean {
	if (!answer) return false;
	if ('chosen' in answer) return answer.chosen.length > 0;
	if ('blanks' in answer) return answer.blanks.some((blank) => blank.trim() !== '');
	if ('matched' in answer) return answer.matched.some((letter) => letter !== null);
	if ('order' in answer) return answer.order.length > 0;
	if ('number' in answer) return answer.number.trim() !== '';
	return 'text' in answer ? answer.text.trim() !== '' : true;
}
