/** The fields of a question's form, as the browser and the server read them. */
export interface AnswerFields {
	kind: string;
	chosen: string[];
	value: string | undefined;
	blanks: string[];
	number: string;
}

/**
 * What a question's form says, in the shape of an answer; nothing where a question of one choice has none made. The
 * browser and the server read forms alike, so this stands by itself and checks nothing.
 */
export function givenAnswer({
	kind,
	chosen,
	value,
	blanks,
	number
}: AnswerFields): Record<string, unknown> | undefined {
	switch (kind) {
		case 'single':
			return chosen.length > 0 ? { kind, chosen } : undefined;
		case 'multiple':
			return { kind, chosen };
		case 'true-false':
			return value ? { kind, value: value === 'true' } : undefined;
		case 'fill-in':
			return { kind, blanks };
		default:
			return { kind, number };
	}
}

/** The fields of a question's form in the browser. */
export function answerFields(form: FormData): AnswerFields {
	const texts = (name: string) => form.getAll(name).map(String);
	return {
		kind: String(form.get('kind')),
		chosen: texts('chosen[]'),
		value: texts('value').at(-1),
		blanks: texts('blanks[]'),
		number: texts('number').at(-1) ?? ''
	};
}
