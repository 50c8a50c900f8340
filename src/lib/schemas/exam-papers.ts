import * as v from 'valibot';
import { linesOf } from './exams.ts';
import { checkbox, decimal, id, text, wholeNumber } from './fields.ts';
import { leadershipLevels, ranks } from './people.ts';

/** Kinds of question that a section can ask for, in the order in which papers usually have them. */
export const sectionKinds = [
	'single',
	'multiple',
	'true-false',
	'fill-in',
	'matching',
	'ordering',
	'numeric',
	'short-answer',
	'essay',
	'case'
] as const;

/** For whom something is meant: anybody of these ranks or levels; without any, everybody. */
export const ranksAndLevels = {
	ranks: v.optional(v.array(v.picklist(ranks)), []),
	levels: v.optional(v.array(v.picklist(leadershipLevels)), [])
};

export const setPaper = v.object({ examId: id, paperId: v.optional(id), name: text(40), ...ranksAndLevels });

export const removePaper = v.object({ examId: id, paperId: id });

const addresses = v.pipe(
	v.optional(v.array(v.pipe(v.string(), v.maxLength(120, 'field.too-long'))), []),
	v.maxLength(500, 'field.too-many')
);

const difficulty = v.pipe(
	v.optional(v.picklist(['', '1', '2', '3', '4', '5'], 'field.invalid'), ''),
	v.transform((value) => (value === '' ? null : Number(value)))
);

/** What a section draws from, as a form says it. `articles` are typed: “劳动合同法82”. */
export const sectionChoice = {
	kind: v.picklist(sectionKinds, 'field.required'),
	statutes: addresses,
	chapters: addresses,
	articles: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(2_000, 'field.too-long')),
	difficultyFrom: difficulty,
	difficultyTo: difficulty,
	tags: v.pipe(v.optional(v.string(), ''), v.maxLength(400, 'field.too-long'), v.transform(linesOf)),
	topic: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(100, 'field.too-long'))
};

export const countAvailable = v.object(sectionChoice);

export const setSection = v.pipe(
	v.object({
		examId: id,
		paperId: id,
		sectionId: v.optional(id),
		title: text(60),
		points: decimal(0.01, 100),
		fixed: checkbox,
		/** How many to draw; a fixed section has as many as are listed. */
		count: v.optional(wholeNumber(1, 200), '1'),
		unseenFirst: checkbox,
		codes: v.pipe(
			v.optional(v.string(), ''),
			v.maxLength(8_000, 'field.too-long'),
			v.transform(linesOf),
			v.transform((codes) => [...new Set(codes)]),
			v.maxLength(200, 'field.too-many')
		),
		/** Questions ticked in the list beside the codes. */
		chosen: v.optional(v.array(v.pipe(v.string(), v.maxLength(64))), []),
		...sectionChoice
	}),
	v.forward(
		v.check(({ fixed, codes, chosen }) => !fixed || codes.length + chosen.length > 0, 'field.required'),
		['codes']
	)
);

export const removeSection = v.object({ examId: id, sectionId: id });

export const moveSection = v.object({ examId: id, sectionId: id, up: checkbox });
