import * as v from 'valibot';
import { locales } from '#lib/paraglide/runtime.js';
import { checkbox, wholeNumber } from './fields.ts';

/** A time of the office's clocks, HH:MM. */
const clock = v.pipe(v.string('field.required'), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'field.no-clock'));

/** Up to five numbers of days before a date, the farthest first, as they are typed: “30, 7, 1”. */
const daysBefore = v.pipe(
	v.string('field.required'),
	v.transform((typed) => typed.split(/[\s,，、]+/).filter(Boolean)),
	v.check((days) => days.length > 0, 'field.required'),
	v.check((days) => days.length <= 5, 'field.too-many'),
	v.check(
		(days) => days.every((day) => /^\d{1,3}$/.test(day) && Number(day) >= 1 && Number(day) <= 180),
		'field.no-days'
	),
	v.transform((days) => [...new Set(days.map(Number))].sort((one, other) => other - one))
);

/** How the office reminds. */
export const reminderSettings = v.pipe(
	v.object({
		active: checkbox,
		daysBefore,
		overdueEvery: wholeNumber(1, 90),
		liaisonWeeks: wholeNumber(1, 52),
		hrWeeks: wholeNumber(1, 52),
		quietFrom: clock,
		quietUntil: clock,
		weekends: checkbox
	}),
	v.forward(
		v.check(({ liaisonWeeks, hrWeeks }) => hrWeeks >= liaisonWeeks, 'field.too-small'),
		['hrWeeks']
	),
	v.forward(
		v.check(({ quietFrom, quietUntil }) => quietFrom !== quietUntil, 'field.same-clock'),
		['quietUntil']
	)
);

const lines = v.pipe(v.optional(v.string(), ''), v.maxLength(4_000, 'field.too-long'));

/** The days of a year that differ from Monday to Friday, as lines. */
export const workingDays = v.object({ year: wholeNumber(2000, 2100), off: lines, worked: lines });

const cursor = v.fallback(v.nullish(v.string(), null), null);

/** Whom the weekly notice counts: as which role it is read, and for how many weeks people are late at least. */
export const lateList = v.object({
	as: v.fallback(v.optional(v.picklist(['liaison', 'hr']), 'hr'), 'hr'),
	weeks: v.fallback(v.pipe(v.optional(v.string(), '2'), v.regex(/^[1-9]\d?$/), v.transform(Number)), 2),
	after: cursor,
	before: cursor
});

export const rhythms = ['daily', 'at-once'] as const;

/** How somebody wants to be told. `office` keeps the quiet hours of the office. */
export const reminderChoices = v.pipe(
	v.object({
		mail: checkbox,
		language: v.picklist(locales, 'field.required'),
		rhythm: v.picklist(rhythms, 'field.required'),
		quiet: v.picklist(['office', 'own'], 'field.required'),
		quietFrom: v.optional(v.string(), ''),
		quietUntil: v.optional(v.string(), '')
	}),
	v.forward(
		v.check(({ quiet, quietFrom }) => quiet === 'office' || v.is(clock, quietFrom), 'field.no-clock'),
		['quietFrom']
	),
	v.forward(
		v.check(({ quiet, quietUntil }) => quiet === 'office' || v.is(clock, quietUntil), 'field.no-clock'),
		['quietUntil']
	),
	v.forward(
		v.check(({ quiet, quietFrom, quietUntil }) => quiet === 'office' || quietFrom !== quietUntil, 'field.same-clock'),
		['quietUntil']
	)
);
