import * as v from 'valibot';
import { exemptionGrounds, provenGrounds } from './exemptions.ts';
import { date, id, optionalDate, optionalText, text, wholeNumber } from './fields.ts';

/** Lists on which something can be done to everybody who is listed. */
export const bulkLists = [
	'people',
	'assignment',
	'programme',
	'candidates',
	'participants',
	'promotions',
	'trainings'
] as const;
export type BulkList = (typeof bulkLists)[number];

/** What can be filled in for an act; each kind asks for some of it. */
export const bulkFields = {
	courseId: id,
	programmeId: id,
	eventId: id,
	unitId: id,
	title: text(100),
	dueOn: date,
	startsOn: date,
	document: optionalText(80),
	/** Only grounds that need no paper: one paper proves nothing for many. */
	ground: v.picklist(
		exemptionGrounds.filter((ground) => !provenGrounds.includes(ground)),
		'field.required'
	),
	until: v.optional(optionalDate, ''),
	extraMinutes: wholeNumber(0, 240),
	pauseMinutes: wholeNumber(0, 120),
	reason: text(300)
};
export type BulkField = keyof typeof bulkFields;

type Kind = { lists: readonly BulkList[]; fields: readonly BulkField[]; undoes: boolean };

/** What can be done to many at once: on which lists, with what to fill in, and whether it can be taken back. */
export const bulkKinds = {
	'assign-course': { lists: ['people'], fields: ['courseId', 'dueOn', 'reason'], undoes: true },
	'assign-programme': { lists: ['people'], fields: ['programmeId', 'title', 'dueOn', 'reason'], undoes: true },
	invite: { lists: ['people'], fields: ['eventId'], undoes: true },
	move: { lists: ['people'], fields: ['unitId', 'startsOn', 'document'], undoes: false },
	'extend-duty': { lists: ['assignment', 'programme'], fields: ['dueOn'], undoes: true },
	'ask-exemption': { lists: ['assignment', 'programme'], fields: ['ground', 'until', 'reason'], undoes: true },
	'withdraw-duty': { lists: ['assignment', 'programme'], fields: ['reason'], undoes: true },
	'exempt-candidate': { lists: ['candidates'], fields: ['reason'], undoes: true },
	'extra-time': { lists: ['candidates'], fields: ['extraMinutes', 'pauseMinutes', 'reason'], undoes: true },
	'accept-invitation': { lists: ['participants'], fields: [], undoes: false },
	'remove-participant': { lists: ['participants'], fields: [], undoes: true },
	'plan-class': { lists: ['promotions'], fields: ['unitId', 'title'], undoes: true },
	'postpone-case': { lists: ['promotions'], fields: ['dueOn', 'reason'], undoes: false },
	'confirm-training': { lists: ['trainings'], fields: [], undoes: true },
	'refuse-training': { lists: ['trainings'], fields: ['reason'], undoes: false }
} as const satisfies Record<string, Kind>;

export type BulkKind = keyof typeof bulkKinds;

type Fields = { [Name in BulkField]: v.InferOutput<(typeof bulkFields)[Name]> };

/** What an act of a kind has to go by. */
export type BulkValues<Of extends BulkKind> = Pick<Fields, (typeof bulkKinds)[Of]['fields'][number]>;

/** The kinds of a list, in the order in which they are offered. */
export const kindsOf = (list: BulkList): BulkKind[] =>
	(Object.keys(bulkKinds) as BulkKind[]).filter((kind) =>
		(bulkKinds[kind].lists as readonly BulkList[]).includes(list)
	);

/** Days within which an act can be undone. */
export const undoDays = 7;

/** At most so many at once. */
export const mostAtOnce = 20_000;

/** The address of a list as it was: its filter, and `of` whatever it is a list of. */
const filter = v.pipe(v.optional(v.string(), ''), v.maxLength(8_000, 'field.too-long'));

const kindNames = Object.keys(bulkKinds) as BulkKind[];

/** What was typed for an act, and what it asks for by its kind. */
type Prepared = { kind: BulkKind; list: BulkList; filter: string } & Record<string, unknown>;

/** An act as its form says it: only what its kind asks for is read. */
export const prepareAct: v.GenericSchema<unknown, Prepared> = v.lazy((typed) => {
	const said = (typed as { kind?: unknown } | null)?.kind;
	const kind = kindNames.find((each) => each === said);
	const fields: readonly BulkField[] = kind ? bulkKinds[kind].fields : [];
	const asked = Object.fromEntries(fields.map((name) => [name, bulkFields[name]]));
	return v.object({ kind: v.picklist(kindNames, 'field.required'), list: v.picklist(bulkLists), filter, ...asked });
});

export const theAct = v.object({ act: id });
export const undoAct = v.object({ act: id, reason: text(300) });

/** What the address of the page where an act is prepared may say. */
export const bulkQuery = v.object({
	list: v.fallback(v.optional(v.picklist(bulkLists)), undefined),
	kind: v.fallback(v.optional(v.picklist(kindNames)), undefined)
});

const cursor = v.fallback(v.nullish(v.string(), null), null);
export const bulkActList = v.object({
	whose: v.fallback(v.optional(v.picklist(['own', 'all']), 'own'), 'own'),
	after: cursor,
	before: cursor
});

/** The rows of an act, by what became of them. */
export const bulkRowStates = ['waiting', 'done', 'refused', 'undone'] as const;
export const bulkRowList = v.object({
	show: v.fallback(v.optional(v.picklist(bulkRowStates)), undefined),
	after: cursor,
	before: cursor
});
