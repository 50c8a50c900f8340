import * as v from 'valibot';

/** Building blocks of form schemas. Messages are codes under `field.`, which are translated where they are shown. */
export const id = v.pipe(v.string('field.required'), v.uuid('field.invalid'));

/** A line or two of text: required, trimmed, bounded. */
export const text = (longest = 200) =>
	v.pipe(v.string('field.required'), v.trim(), v.nonEmpty('field.required'), v.maxLength(longest, 'field.too-long'));

/** The same where nothing at all is fine; empty becomes null. */
export const optionalText = (longest = 200) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.maxLength(longest, 'field.too-long'),
		v.transform((value) => value || null)
	);

/** A calendar date as YYYY-MM-DD that the calendar has. */
export const date = v.pipe(
	v.string('field.required'),
	v.nonEmpty('field.required'),
	v.check(
		(value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value,
		'field.no-date'
	)
);

export const optionalDate = v.union(
	[
		v.pipe(
			v.optional(v.literal(''), ''),
			v.transform(() => null)
		),
		date
	],
	'field.no-date'
);

/** A checkbox: on or absent. */
export const checkbox = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value === 'on' || value === 'true')
);

/** A whole number typed into a field. */
export const wholeNumber = (from: number, to: number) =>
	v.pipe(
		v.string('field.required'),
		v.trim(),
		v.regex(/^-?\d+$/, 'field.no-number'),
		v.transform(Number),
		v.minValue(from, 'field.too-small'),
		v.maxValue(to, 'field.too-large')
	);

/** Several ids from checkboxes or hidden fields named `…[]`. */
export const ids = v.pipe(v.optional(v.array(id), []), v.maxLength(10_000, 'field.too-many'));

/** The same where nothing at all is fine; empty becomes null. */
export const optionalWhole = (from: number, to: number) =>
	v.union(
		[
			v.pipe(
				v.optional(v.literal(''), ''),
				v.transform(() => null)
			),
			wholeNumber(from, to)
		],
		'field.no-number'
	);

/** A number with at most two decimals. */
export const decimal = (from: number, to: number) =>
	v.pipe(
		v.string('field.required'),
		v.trim(),
		v.regex(/^\d{1,5}(\.\d{1,2})?$/, 'field.no-decimal'),
		v.transform(Number),
		v.minValue(from, 'field.too-small'),
		v.maxValue(to, 'field.too-large')
	);

/** A date and a time of the office's clocks, to the minute: YYYY-MM-DDTHH:MM. */
export const localTime = v.pipe(
	v.string('field.required'),
	v.nonEmpty('field.required'),
	v.transform((value) => value.slice(0, 16)),
	v.check(
		(value) =>
			/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value) && new Date(`${value}:00Z`).toJSON()?.slice(0, 16) === value,
		'field.no-time'
	)
);
