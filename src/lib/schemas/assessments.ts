import * as v from 'valibot';
import { checkbox, id, ids, text, wholeNumber } from './fields.ts';

/** Bands of the annual result, best first. */
export const bands = ['excellent', 'qualified', 'not-qualified'] as const;
export type Band = (typeof bands)[number];

const percent = v.pipe(
	v.string('field.required'),
	v.trim(),
	v.regex(/^\d{1,3}(\.\d{1,2})?$/, 'field.no-number'),
	v.transform(Number),
	v.maxValue(100, 'field.too-large')
);

const hours = v.pipe(
	v.string('field.required'),
	v.trim(),
	v.regex(/^\d{1,4}(\.\d)?$/, 'field.no-number'),
	v.transform(Number)
);

export const year = v.pipe(wholeNumber(2000, 2100));

export const setScheme = v.pipe(
	v.object({
		year,
		qualifiedFrom: percent,
		excellentFrom: percent,
		coursesWeight: wholeNumber(0, 100),
		minimumHours: hours
	}),
	v.forward(
		v.check(({ qualifiedFrom, excellentFrom }) => qualifiedFrom <= excellentFrom, 'field.below-qualified'),
		['excellentFrom']
	)
);

export const proposeResults = v.object({ year, unitId: id });

/** Either the chosen ones, or everything that is still open in a unit and below. */
export const confirmResults = v.pipe(
	v.object({ resultIds: ids, all: checkbox, year, unitId: id }),
	v.forward(
		v.check(({ resultIds, all }) => all || resultIds.length > 0, 'field.nobody-chosen'),
		['resultIds']
	)
);

export const decideResult = v.object({
	resultId: id,
	band: v.picklist(bands, 'field.required'),
	reason: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500, 'field.too-long')), '')
});

export const amendResult = v.object({ resultId: id, band: v.picklist(bands, 'field.required'), reason: text(500) });
