/** Characters that somebody who studies reads in a minute, and minutes that one question takes. */
const pace = { characters: 300, question: 1.25 };

/**
 * A rough estimate of the minutes that a text and its check take, in steps of five. Stated as an estimate wherever it is
 * shown: it credits nothing.
 */
export function minutesFor({ length, questions }: { length: number; questions: number }): number {
	const minutes = length / pace.characters + questions * pace.question;
	return minutes === 0 ? 0 : Math.max(5, Math.ceil(minutes / 5) * 5);
}
