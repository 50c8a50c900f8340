import * as v from 'valibot';
import { checkbox, decimal, id, localTime, optionalText, optionalWhole, text, wholeNumber } from './fields.ts';

export const examStates = ['draft', 'published', 'released', 'cancelled'] as const;
export const examKinds = ['exam', 'make-up', 'mock'] as const;

/** 任职前 and 任职后 are the exams of newly promoted leaders. */
export const purposes = ['general', 'annual', 'pre-appointment', 'post-appointment', 'class-end'] as const;
export const countings = ['best', 'last', 'first', 'average'] as const;
export const reviews = ['nothing', 'score', 'answers', 'explanations'] as const;
export const multipleScorings = ['all-or-nothing', 'half-if-incomplete', 'per-option'] as const;
export const layouts = ['one-page', 'one-question'] as const;

/** From when until when, at times of the office. */
export const window = { opensAt: localTime, closesAt: localTime };

/** Whether a window ends after it begins. */
export const isForward = ({ opensAt, closesAt }: { opensAt: string; closesAt: string }) => opensAt < closesAt;

/** What an exam needs to begin with; everything else has a default that the rules can change. */
export const createExam = v.pipe(
	v.object({
		unitId: id,
		kind: v.picklist(['exam', 'mock'], 'field.required'),
		title: text(120),
		...window,
		minutes: wholeNumber(1, 600),
		closedBook: checkbox
	}),
	v.forward(
		v.check((input) => isForward(input), 'field.ends-before'),
		['closesAt']
	)
);

/** What is listed in a text, by lines, spaces or commas. */
export const linesOf = (value: string): string[] => value.split(/[\s,，;；]+/).filter(Boolean);

/** Every rule of a draft. */
export const editExam = v.pipe(
	v.object({
		examId: id,
		/** Of the draft as it was read: somebody else's change is not overwritten. */
		version: wholeNumber(1, 1_000_000),
		title: text(120),
		purpose: v.optional(v.picklist(purposes, 'field.required'), 'general'),
		instructions: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(4_000, 'field.too-long')),
		...window,
		minutes: wholeNumber(1, 600),
		entryMinutes: v.optional(optionalWhole(1, 6_000), ''),
		attempts: wholeNumber(1, 20),
		counting: v.picklist(countings, 'field.required'),
		waitMinutes: wholeNumber(0, 100_000),
		passMark: decimal(0.01, 100),
		excellentMark: decimal(0.01, 100),
		closedBook: checkbox,
		shuffleQuestions: checkbox,
		shuffleOptions: checkbox,
		layout: v.picklist(layouts, 'field.required'),
		multipleScoring: v.picklist(multipleScorings, 'field.required'),
		reviewNow: v.picklist(reviews, 'field.required'),
		reviewAfterAttempt: v.picklist(reviews, 'field.required'),
		reviewAfterClose: v.picklist(reviews, 'field.required'),
		accessCode: optionalText(40),
		addressRanges: v.pipe(v.optional(v.string(), ''), v.transform(linesOf), v.maxLength(50, 'field.too-many')),
		oneDevice: checkbox,
		onSite: checkbox,
		secondMarkerShare: wholeNumber(0, 100),
		markerDifference: decimal(0, 100)
	}),
	v.forward(
		v.check((input) => isForward(input), 'field.ends-before'),
		['closesAt']
	),
	v.forward(
		v.check(({ passMark, excellentMark }) => passMark <= excellentMark, 'field.below-pass'),
		['excellentMark']
	)
);

/** After publication the end can move to a later time; those concerned are told why. */
export const extendExam = v.object({ examId: id, closesAt: localTime, because: text(300) });

/** A draft that begins as a copy of another exam, or makes up for one. */
export const copyExam = v.pipe(
	v.object({ examId: id, title: text(120), ...window }),
	v.forward(
		v.check((input) => isForward(input), 'field.ends-before'),
		['closesAt']
	)
);

export const theExam = v.object({ examId: id });

export const cancelExam = v.object({ examId: id, because: text(300) });

/** Fields of the address of a list; what makes no sense is passed over. */
export const cursor = v.fallback(v.nullish(v.string(), null), null);
export const search = v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), '');
export const oneOf = <const Options extends readonly string[]>(options: Options) =>
	v.fallback(v.optional(v.picklist(options)), undefined);

/** Where an exam stands today, as its list shows it. */
export const examStandings = ['draft', 'ahead', 'running', 'closed', 'released', 'cancelled'] as const;

/** What the address of the list of exams may say; what makes no sense is passed over. */
export const examList = v.object({
	q: search,
	standing: oneOf(examStandings),
	kind: oneOf(examKinds),
	sort: oneOf(['opens', '-opens', 'title', '-title']),
	after: cursor,
	before: cursor
});
