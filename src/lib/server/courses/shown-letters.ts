import { letterOf } from '../questions/mistake-of.ts';
import type { Answer } from '../questions/score-answer.ts';

/** An answer as it stands in the database, with the letters that the reader saw: the first option shown is A. */
export function asShown(answer: Answer | null, optionOrder: string[] | null): Answer | null {
	if (!answer || !('chosen' in answer) || !optionOrder) return answer;
	const chosen = optionOrder.flatMap((stated, index) => (answer.chosen.includes(stated) ? [letterOf(index)] : []));
	return { kind: answer.kind, chosen };
}

/** Place of a shown letter, from 1: what PostgreSQL needs to look it up in the order of options. */
export const placeOf = (letter: string): number => letter.charCodeAt(0) - 64;
