import type { FailureValues } from '#lib/server/platform/errors.ts';
import type { Feature } from '../format.ts';
import type { PictureBox } from '../picture-box.ts';
import { childOf, elementsIn, textOf, type Element } from '../xml/parse-document.ts';
import { readMarkup } from './read-markup.ts';

/** One question of a file, and what is to be told about it. */
export interface MoodleQuestion {
	element: Element;
	type: string;
	/** A text of the question as Markdown. */
	text(name: string): string;
	/** Where its pictures go. */
	box: PictureBox;
	lose(feature: Feature): void;
	refuse(code: string, values?: FailureValues): void;
	/** Bounds of an essay's length, where a tag states them. */
	words?: string;
}

/** Every answer with its share of the points in percent and what is said to whoever gives it, as plain text. */
export function answersOf({ element, lose }: MoodleQuestion) {
	return elementsIn(element, 'answer').map((answer) => ({
		answer,
		raw: textOf(childOf(answer, 'text') ?? answer).trim(),
		text: readMarkup(answer, lose, { plain: true }),
		fraction: Number(answer.attributes.fraction ?? '0'),
		feedback: readMarkup(childOf(answer, 'feedback'), lose, { plain: true })
	}));
}
