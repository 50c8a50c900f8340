import * as v from 'valibot';
import { checkbox, decimal, id, text, wholeNumber } from './fields.ts';
import { establishments, peopleFilter } from './people.ts';

/** What hours were earned by. */
export const hourCategories = ['required', 'elective', 'online', 'class'] as const;

/** 层次, highest first: of the post or of the rank, whichever is higher. */
export const grades = ['department', 'division', 'section', 'staff'] as const;

export type HourCategory = (typeof hourCategories)[number];
export type Grade = (typeof grades)[number];

/** What the list of hours is narrowed to, beside what narrows a list of people. */
export const hoursFilter = v.object({
	...peopleFilter.entries,
	/** Only whoever has less than one of the targets. */
	missing: checkbox,
	year: v.fallback(v.optional(wholeNumber(2000, 2999)), undefined)
});

/** Orders of that list; with a hyphen in front the other way round. */
export const hoursOrders = ['name', '-name', 'hours', '-hours', 'missing', '-missing'] as const;

export const takeBackHours = v.object({ entryId: id, because: text(200) });

/** Words between commas of either kind or line ends. */
const words = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => [
		...new Set(
			value
				.split(/[、，,;；\n]/)
				.map((word) => word.trim())
				.filter(Boolean)
		)
	]),
	v.maxLength(20, 'field.too-many'),
	v.array(v.pipe(v.string(), v.maxLength(20, 'field.too-long')))
);

const target = {
	nameZh: text(40),
	nameEn: text(80),
	grades: v.optional(v.array(v.picklist(grades, 'field.invalid'))),
	establishments: v.optional(v.array(v.picklist(establishments, 'field.invalid'))),
	words,
	years: v.pipe(wholeNumber(1, 5), v.picklist([1, 5], 'field.invalid')),
	hours: decimal(0.5, 5_000),
	category: v.pipe(
		v.optional(v.picklist([...hourCategories, ''], 'field.invalid'), ''),
		v.transform((value): HourCategory | null => (value === '' ? null : value))
	),
	/** The first year in which it holds. */
	from: wholeNumber(2000, 2999),
	basis: text(120)
};

export const addTarget = v.object(target);
export const changeTarget = v.object({ targetId: id, ...target });
export const endTarget = v.object({ targetId: id, until: wholeNumber(2000, 2999) });
