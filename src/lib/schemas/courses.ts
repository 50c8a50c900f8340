import * as v from 'valibot';

const slug = v.pipe(v.string('field.required'), v.regex(/^[a-z0-9-]{1,100}$/, 'field.invalid'));

/** A lesson as its address names it. */
export const lessonAddress = v.object({ course: slug, lesson: slug });

/** The heading last in view; none at the very top. */
export const readingPosition = v.object({
	...lessonAddress.entries,
	heading: v.nullable(v.pipe(v.string(), v.maxLength(200, 'field.too-long')))
});

/** Characters that notes on one lesson may have. */
export const longestNote = 20_000;

/** Notes as they shall be, and the mark of the notes that the writer has before them. */
export const lessonNote = v.object({
	...lessonAddress.entries,
	body: v.pipe(
		v.string('field.required'),
		v.transform((text) => text.replaceAll('\r\n', '\n')),
		v.maxLength(longestNote, 'field.too-long')
	),
	seen: v.pipe(v.string('field.required'), v.maxLength(64, 'field.invalid'))
});

export const courseKinds = ['required', 'elective'] as const;
export const courseStates = ['none', 'going', 'done'] as const;

/** What the list of courses is asked for. Anything else in the address means no filter. */
export const courseFilter = v.object({
	q: v.fallback(v.pipe(v.string(), v.trim()), ''),
	kind: v.fallback(v.nullable(v.picklist(courseKinds)), null),
	state: v.fallback(v.nullable(v.picklist(courseStates)), null)
});
