import * as v from 'valibot';
import { cursor, oneOf, search } from './exams.ts';
import { decimal, id, optionalText, wholeNumber } from './fields.ts';

export const entryWays = ['answers', 'questions', 'sections'] as const;
export const entryStates = ['waiting', 'entered', 'being-sat', 'sat-online'] as const;

const texts = (longest: number) =>
	v.pipe(v.optional(v.array(v.pipe(v.string(), v.maxLength(longest, 'field.too-long'))), []), v.maxLength(400));

const points = v.union(
	[
		v.pipe(
			v.literal(''),
			v.transform(() => null)
		),
		decimal(0, 20_000)
	],
	'field.no-decimal'
);

/** What was typed from a printed paper: lists that belong together by place, answers by slot, points by slot or section. */
export const enterPaper = v.pipe(
	v.object({
		exam: id,
		person: id,
		known: wholeNumber(0, 1_000),
		way: v.picklist(entryWays, 'field.required'),
		slot: texts(4),
		typed: texts(20_000),
		of: texts(36),
		points: v.pipe(v.optional(v.array(points), []), v.maxLength(400)),
		because: optionalText(500)
	}),
	v.transform(({ exam, person, slot, typed, of, points, ...rest }) => ({
		...rest,
		examId: exam,
		personId: person,
		typed: Object.fromEntries(slot.map((each, index) => [each, typed[index] ?? ''])),
		points: Object.fromEntries(
			of.flatMap((each, index) => (typeof points[index] === 'number' ? [[each, points[index]]] : []))
		) as Record<string, number>
	}))
);

export const paperList = v.object({ q: search, state: oneOf(entryStates), after: cursor, before: cursor });
