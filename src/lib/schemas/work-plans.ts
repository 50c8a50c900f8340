import * as v from 'valibot';
import { id, optionalDate, optionalText, text, wholeNumber } from './fields.ts';

export const planYear = wholeNumber(2000, 2100);
export const longText = (longest = 20_000) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform((value) => value.replaceAll('\r\n', '\n').trimEnd()),
		v.maxLength(longest, 'field.too-long')
	);

/** Points with at most two decimals. */
export const points = v.pipe(
	v.string('field.required'),
	v.trim(),
	v.regex(/^\d{1,4}(\.\d{1,2})?$/, 'field.no-decimal'),
	v.transform(Number),
	v.maxValue(1000, 'field.too-large')
);

export const optionalPoints = v.union(
	[
		v.pipe(
			v.optional(v.literal(''), ''),
			v.transform(() => null)
		),
		points
	],
	'field.no-decimal'
);

const years = {
	fromYear: planYear,
	toYear: planYear
};

const isForward = (from: number, to: number) => from <= to && to < from + 6;

const plan = {
	titleZh: text(100),
	titleEn: optionalText(200),
	basis: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(200, 'field.too-long')),
	...years
};

export const createPlan = v.pipe(
	v.object({ unitId: id, ...plan, start: v.optional(v.picklist(['provincial', 'empty']), 'provincial') }),
	v.forward(
		v.check(({ fromYear, toYear }) => isForward(fromYear, toYear), 'field.ends-before'),
		['toYear']
	)
);
export const changePlan = v.pipe(
	v.object({ planId: id, ...plan }),
	v.forward(
		v.check(({ fromYear, toYear }) => isForward(fromYear, toYear), 'field.ends-before'),
		['toYear']
	)
);
export const copyPlan = v.object({ planId: id, fromYear: planYear });
export const thePlan = v.object({ planId: id });

/** Names of units as a plan writes them, one after the other. */
const unitNames = v.pipe(
	v.optional(v.string(), ''),
	v.maxLength(600, 'field.too-long'),
	v.transform((value) => [...new Set(value.split(/[、,，;；\n]/).map((name) => name.trim()))].filter(Boolean)),
	v.maxLength(30, 'field.too-many')
);

const item = {
	titleZh: text(100),
	titleEn: optionalText(200),
	asksZh: optionalText(1_000),
	asksEn: optionalText(2_000),
	standardZh: optionalText(1_000),
	standardEn: optionalText(2_000),
	points: optionalPoints,
	lead: unitNames,
	assist: unitNames,
	dueOn: optionalDate
};

/** A heading asks nothing, and so proves nothing and is worth nothing. */
const isWhole = (asks: string | null, standard: string | null, points: number | null) =>
	asks !== null || (standard === null && points === null);

export const addItem = v.pipe(
	v.object({
		planId: id,
		parentId: v.union([
			v.pipe(
				v.optional(v.literal(''), ''),
				v.transform(() => null)
			),
			id
		]),
		...item
	}),
	v.forward(
		v.check(({ asksZh, standardZh, points }) => isWhole(asksZh, standardZh, points), 'field.required'),
		['asksZh']
	)
);
export const changeItem = v.pipe(
	v.object({ planId: id, itemId: id, ...item }),
	v.forward(
		v.check(({ asksZh, standardZh, points }) => isWhole(asksZh, standardZh, points), 'field.required'),
		['asksZh']
	)
);
export const theItem = v.object({ planId: id, itemId: id });
export const moveItem = v.object({ planId: id, itemId: id, way: v.picklist(['up', 'down']) });
