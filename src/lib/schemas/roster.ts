import * as v from 'valibot';
import { id } from './fields.ts';

/** What a roster file can say of a person, in the order of the template. */
export const rosterFields = [
	'staffNumber',
	'name',
	'unitCode',
	'unitName',
	'title',
	'leadershipLevel',
	'rank',
	'kind',
	'startsOn',
	'document',
	'email',
	'joinedOn',
	'establishment',
	'status',
	'leftOn'
] as const;

export type RosterField = (typeof rosterFields)[number];

/** Fields without which a file says nothing: a column has to hold each. */
export const neededFields: readonly RosterField[] = ['staffNumber', 'name'];

/** What a row of a file would do, as the preview sorts them. */
export const verdicts = ['new', 'changed', 'unchanged', 'wrong'] as const;

export type Verdict = (typeof verdicts)[number];

/** Which column of a file holds which field; the first column is 0. */
export type Columns = Partial<Record<RosterField, number>>;

/** What is wrong with a row, as the key of a message `error_…` and the field it is about. */
export type Problem = { field?: RosterField; key: string; values?: Record<string, string | number> };

const column = v.optional(
	v.union([v.literal(''), v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number))], 'field.invalid'),
	''
);

/** A column number, or nothing, for every field; no column twice. */
export const chooseColumns = v.pipe(
	v.object({ import: id, ...v.entriesFromList(rosterFields, column) }),
	v.transform(({ import: importId, ...chosen }) => ({
		importId,
		columns: Object.fromEntries(Object.entries(chosen).filter(([, at]) => at !== '')) as Columns
	}))
);

const rowNumbers = v.optional(
	v.array(v.pipe(v.string(), v.regex(/^\d{1,7}$/, 'field.invalid'), v.transform(Number))),
	[]
);

/** Rows shown on a page and those of them that are ticked; or a whole kind at once. */
export const chooseRows = v.pipe(
	v.object({
		import: id,
		shown: rowNumbers,
		chosen: rowNumbers,
		all: v.optional(v.picklist(['new', 'changed', ''], 'field.invalid'), ''),
		none: v.optional(v.picklist(['new', 'changed', ''], 'field.invalid'), '')
	}),
	v.transform(({ import: importId, ...rest }) => ({ importId, ...rest }))
);

export const decideImport = v.pipe(
	v.object({ import: id, shown: rowNumbers, chosen: rowNumbers }),
	v.transform(({ import: importId, ...rest }) => ({ importId, ...rest }))
);
