/** The fields of a question's form, as the browser and the server read them. */
export interface AnswerFields {
	kind: string;
	chosen: string[];
	value?: string | undefined;
	blanks: string[];
	number: string;
	/** For each left side the letter of the right side, or nothing. */
	matched: string[];
	/** The letters of what is to be ordered, and for each the place given to it, or nothing. */
	items: string[];
	places: string[];
	text: string;
}

/**
 * What a question's form says, in the shape of an answer; nothing where a question of one choice has none made. The
 * browser and the server read forms alike, so this stands by itself and checks nothing.
 */
export function givenAnswer(fields: AnswerFields): Record<string, unknown> | undefined {
	const { kind, chosen, value, blanks, number, matched, text } = fields;
	switch (kind) {
		case 'single':
			return chosen.length > 0 ? { kind, chosen } : undefined;
		case 'multiple':
			return { kind, chosen };
		case 'true-false':
			return value ? { kind, value: value === 'true' } : undefined;
		case 'fill-in':
			return { kind, blanks };
		case 'matching':
			return { kind, matched: matched.map((letter) => letter || null) };
		case 'ordering':
			return { kind, order: orderGiven(fields) };
		case 'short-answer':
		case 'essay':
			// A browser sends line ends of two characters; they are counted and kept as one.
			return { kind, text: text.replaceAll('\r\n', '\n') };
		default:
			return { kind, number };
	}
}

/** Items by the place given to them; of two in the same place the one shown first; those without a place are left out. */
function orderGiven({ items, places }: AnswerFields): string[] {
	const placed = items.map((letter, index) => ({ letter, place: Number(places[index] ?? '') }));
	return placed
		.filter(({ place }) => place > 0)
		.sort((a, b) => a.place - b.place)
		.map(({ letter }) => letter);
}

/** The fields of a question's form in the browser. */
export function answerFields(form: FormData): AnswerFields {
	const texts = (name: string) => form.getAll(name).map(String);
	return {
		kind: String(form.get('kind')),
		chosen: texts('chosen[]'),
		value: texts('value').at(-1),
		blanks: texts('blanks[]'),
		number: texts('number').at(-1) ?? '',
		matched: texts('matched[]'),
		items: texts('items[]'),
		places: texts('places[]'),
		text: texts('text').at(-1) ?? ''
	};
}
