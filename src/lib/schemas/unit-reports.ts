import * as v from 'valibot';
import { date, id, ids, optionalDate, text, wholeNumber } from './fields.ts';
import { longText, planYear, points } from './work-plans.ts';

/** Kinds of unit that may stand right below another, in the order of forms. */
export const reportingKinds = ['division', 'institution', 'city', 'county'] as const;

/** The sections that every report has after those of the plan's items. */
export const fixedSections = ['shortcomings', 'head', 'next'] as const;
export type FixedSection = (typeof fixedSections)[number];

/** Figures that the platform fills in. */
export const figureKeys = [
	'peopleDue',
	'peopleCompleted',
	'examsDue',
	'examsSat',
	'examsPassed',
	'hours',
	'classes',
	'collectiveStudy',
	'promoted',
	'promotedOnTime'
] as const;
export type FigureKey = (typeof figureKeys)[number];

const section = v.union([id, v.picklist(fixedSections)], 'field.invalid');
const optionalSection = v.union([
	v.pipe(
		v.optional(v.literal(''), ''),
		v.transform(() => null)
	),
	section
]);
const wordy = (longest: number) => v.pipe(longText(longest), v.trim(), v.nonEmpty('field.required'));

export const openCycle = v.object({
	unitId: id,
	year: planYear,
	planId: id,
	/** Without a date, units of that kind are not asked. */
	dueDivision: optionalDate,
	dueInstitution: optionalDate,
	dueCity: optionalDate,
	dueCounty: optionalDate,
	lateDays: wholeNumber(0, 366),
	lateOff: points,
	laterMonths: wholeNumber(0, 12),
	laterOff: points
});

export const theCycle = v.object({ cycleId: id });
export const widenCycle = v.object({ cycleId: id, unitIds: v.pipe(ids, v.nonEmpty('field.required')), dueOn: date });
export const theReport = v.object({ reportId: id });

const written = { section, text: longText() };

/** A section as it was written, and which saving of it was read before: from a form, and several from a script. */
export const saveSection = v.object({ reportId: id, ...written, version: wholeNumber(0, 1_000_000) });
export const sentSections = v.object({
	report: id,
	sections: v.optional(
		v.pipe(
			v.array(
				v.object({
					...written,
					version: v.pipe(v.number('field.no-number'), v.integer('field.no-number'), v.minValue(0, 'field.too-small'))
				})
			),
			v.maxLength(60, 'field.too-many')
		),
		[]
	)
});

export const addFigure = v.object({
	reportId: id,
	label: text(60),
	value: v.pipe(
		v.string('field.required'),
		v.trim(),
		v.regex(/^-?\d{1,10}(\.\d{1,2})?$/, 'field.no-decimal'),
		v.transform(Number)
	),
	measure: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(20, 'field.too-long')),
	source: text(200),
	asOf: date
});
export const removeFigure = v.object({ reportId: id, figureId: id });

/** The file itself is looked into when it is kept. */
export const addEvidence = v.object({ reportId: id, section, file: v.optional(v.unknown()) });
export const removeEvidence = v.object({ reportId: id, fileId: id });

export const addComment = v.object({ reportId: id, section: optionalSection, text: wordy(2_000) });
export const settleComment = v.object({ reportId: id, commentId: id });

export const returnReport = v.object({ reportId: id, remarks: wordy(5_000), againBy: date });
export const acceptReport = v.object({ reportId: id, remarks: longText(5_000) });
export const extendReport = v.object({ cycleId: id, reportId: id, dueOn: date, reason: text(300) });
