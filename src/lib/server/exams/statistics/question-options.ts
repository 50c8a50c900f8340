import { letterOf } from '../../questions/letters.ts';
import type { AskedQuestion } from '../../questions/stored-question.ts';
import type { MendedKey } from '../marking/key-changes.ts';

/** Something that can be chosen: an option by its stated letter, a judgement by its value; with its bit in `examSheets.choices`. */
export interface Choosable {
	letter: string;
	isKey: boolean;
	bit: number;
}

/** What can be chosen in a question, with the key that holds in the exam: the mended one, or both where both count. None for kinds without options. */
export function optionsOf(content: AskedQuestion, mended: MendedKey | undefined): Choosable[] {
	const keys =
		mended?.policy === 'both-keys'
			? [content, mended.content]
			: [mended?.policy === 'new-key' ? mended.content : content];
	if (content.kind === 'true-false')
		return ['true', 'false'].map((letter, index) => ({
			letter,
			bit: 1 << index,
			isKey: keys.some((each) => each.kind === 'true-false' && String(each.key) === letter)
		}));
	if (content.kind !== 'single' && content.kind !== 'multiple') return [];
	return content.options.map((_, index) => ({
		letter: letterOf(index),
		bit: 1 << index,
		isKey: keys.some((each) => 'options' in each && (each.key as readonly string[]).includes(letterOf(index)))
	}));
}
