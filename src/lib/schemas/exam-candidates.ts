import * as v from 'valibot';
import { ranksAndLevels } from './exam-papers.ts';
import { cursor, isForward, oneOf, search, window } from './exams.ts';
import { checkbox, id, ids, optionalText, optionalWhole, text, wholeNumber } from './fields.ts';

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
