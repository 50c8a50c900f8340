import * as v from 'valibot';
import { checkbox, decimal, id, ids, localTime, optionalText, optionalWhole, text, wholeNumber } from './fields.ts';
import { leadershipLevels, ranks } from './people.ts';

export const examStates = ['draft', 'published', 'released', 'cancelled'] as const;
export const examKinds = ['exam', 'make-up', 'mock'] as const;
/** 任职前 and 任职后 are the exams of newly promoted leaders. */
export const purposes = ['general', 'annual', 'pre-appointment', 'post-appointment', 'class-end'] as const;
export const countings = ['best', 'last', 'first', 'average'] as const;
export const reviews = ['nothing', 'score', 'answers', 'explanations'] as const;
export const multipleScorings = ['all-or-nothing', 'half-if-incomplete', 'per-option'] as const;
export const layouts = ['one-page', 'one-question'] as const;

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

const window = { opensAt: localTime, closesAt: localTime };
const isForward = ({ opensAt, closesAt }: { opensAt: string; closesAt: string }) => opensAt < closesAt;

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

const linesOf = (value: string): string[] => value.split(/[\s,，;；]+/).filter(Boolean);

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

const ranksAndLevels = {
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

const staffNumbers = v.pipe(
	v.optional(v.string(), ''),
	v.maxLength(200_000, 'field.too-long'),
	v.check((pasted) => pasted.split('\n').length <= 10_000, 'field.too-many')
);
const isSomebody = ({
	unitIds = [],
	personIds,
	staffNumbers
}: {
	unitIds?: string[];
	personIds: string[];
	staffNumbers: string;
}) => unitIds.length + personIds.length > 0 || staffNumbers.trim() !== '';

/** Whom a draft names: units narrowed to ranks and levels, people, staff numbers one to a line. */
export const addTargets = v.pipe(
	v.object({ examId: id, unitIds: ids, subtree: checkbox, ...ranksAndLevels, personIds: ids, staffNumbers }),
	v.check((input) => isSomebody(input), 'field.nobody-chosen')
);
export const removeTarget = v.object({ examId: id, position: wholeNumber(1, 100_000) });

export const addCandidates = v.pipe(
	v.object({ examId: id, personIds: ids, staffNumbers }),
	v.check((input) => isSomebody(input), 'field.nobody-chosen')
);

export const setWindow = v.pipe(
	v.object({ examId: id, unitId: id, ...window }),
	v.forward(
		v.check((input) => isForward(input), 'field.ends-before'),
		['closesAt']
	)
);
export const removeWindow = v.object({ examId: id, unitId: id });

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

const candidate = { examId: id, personId: id };
export const exempt = v.object({ ...candidate, because: text(300) });
export const revokeExemption = v.object(candidate);
export const accommodate = v.pipe(
	v.object({
		...candidate,
		extraMinutes: wholeNumber(0, 600),
		pauseMinutes: wholeNumber(0, 600),
		because: optionalText(300)
	}),
	v.forward(
		v.check(
			({ extraMinutes, pauseMinutes, because }) => extraMinutes + pauseMinutes === 0 || because !== null,
			'field.required'
		),
		['because']
	)
);

export const assignSeats = v.object({
	examId: id,
	order: v.picklist(['name', 'number', 'random'], 'field.required'),
	/** Seats in each room; none: one room. */
	perRoom: v.optional(optionalWhole(1, 5_000), '')
});

const cursor = v.fallback(v.nullish(v.string(), null), null);
const search = v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), '');
const oneOf = <const Options extends readonly string[]>(options: Options) =>
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

/** Where a candidate stands. `waiting` has not begun, `open` is sitting, `sat` has handed in. */
export const candidateStates = ['due', 'exempt', 'waiting', 'open', 'sat', 'absent', 'passed', 'failed'] as const;

export const candidateList = v.object({
	q: search,
	state: oneOf(candidateStates),
	unit: v.fallback(v.optional(id), undefined),
	paper: v.fallback(v.optional(id), undefined),
	sort: oneOf(['name', '-name', 'number', '-number', 'seat', '-seat', 'score', '-score']),
	after: cursor,
	before: cursor
});
