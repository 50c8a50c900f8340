import * as v from 'valibot';
import { checkbox, date, id, optionalDate, optionalText, text } from './fields.ts';

/** 领导职务层次, highest first (公务员法 Art. 18). */
export const leadershipLevels = [
	'department-chief',
	'department-deputy',
	'division-chief',
	'division-deputy',
	'section-chief',
	'section-deputy'
] as const;

/** 职级, highest first (公务员法 Art. 19). */
export const ranks = [
	'inspector-1',
	'inspector-2',
	'counsel-1',
	'counsel-2',
	'counsel-3',
	'counsel-4',
	'principal-clerk-1',
	'principal-clerk-2',
	'principal-clerk-3',
	'principal-clerk-4',
	'clerk-1',
	'clerk-2'
] as const;

export const postKinds = [
	'initial',
	'promotion',
	'transfer',
	'secondment',
	'acting',
	'concurrent',
	'reappointment'
] as const;

/** Kinds of post that stand beside the primary one and never replace it. */
export const sideKinds: readonly (typeof postKinds)[number][] = ['secondment', 'acting', 'concurrent'];

export const personStatuses = ['active', 'retired', 'left'] as const;

/** 编制: administrative, public institution managed like the civil service, public institution, or by contract. */
export const establishments = ['administrative', 'like-administrative', 'institution', 'contract'] as const;

export type LeadershipLevel = (typeof leadershipLevels)[number];
export type Rank = (typeof ranks)[number];
export type PostKind = (typeof postKinds)[number];
export type PersonStatus = (typeof personStatuses)[number];
export type Establishment = (typeof establishments)[number];

const orNone = <const Options extends readonly string[]>(options: Options) =>
	v.pipe(
		v.optional(v.picklist([...options, ''] as [...Options, ''], 'field.invalid'), ''),
		v.transform((value): Options[number] | null => (value === '' ? null : (value as Options[number])))
	);

const email = v.optional(
	v.union(
		[
			v.pipe(
				v.optional(v.literal(''), ''),
				v.transform(() => null)
			),
			v.pipe(v.string(), v.trim(), v.email('field.no-email'), v.maxLength(200, 'field.too-long'))
		],
		'field.no-email'
	),
	''
);

const staffNumber = v.pipe(text(32), v.regex(/^[0-9A-Za-z-]+$/, 'field.no-code'));

const post = {
	unitId: id,
	title: text(80),
	leadershipLevel: orNone(leadershipLevels),
	rank: orNone(ranks),
	startsOn: date,
	document: optionalText(80)
};

/** Who a person is, whatever the post. */
const details = {
	staffNumber,
	name: text(60),
	email,
	joinedOn: v.optional(optionalDate, ''),
	establishment: orNone(establishments)
};

export const hire = v.object({ ...details, ...post });

export const appoint = v.object({ personId: id, kind: v.picklist(postKinds, 'field.required'), ...post });

export const correctPerson = v.object({
	personId: id,
	...details
});

export const endPost = v.object({ postId: id, endsOn: date });

export const leave = v.object({ personId: id, status: v.picklist(['retired', 'left'], 'field.required'), on: date });

export const reinstate = v.object({ personId: id });

/** Short cuts into the list of people, each a view with a name of its own. */
export const peopleViews = ['overdue', 'joined', 'away', 'no-password'] as const;

/** Orders of the list of people; with a hyphen in front the other way round. Units stand in official order. */
export const peopleOrders = ['name', '-name', 'number', '-number', 'unit', '-unit'] as const;

const oneOf = <const Options extends readonly string[]>(options: Options) =>
	v.fallback(v.optional(v.picklist(options)), undefined);

/** What the list of people is narrowed to. Whatever the address says that makes no sense narrows nothing. */
export const peopleFilter = v.object({
	q: v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), ''),
	unit: v.fallback(v.optional(id), undefined),
	/** Without the units below. */
	only: checkbox,
	level: oneOf([...leadershipLevels, 'any', 'none']),
	rank: oneOf([...ranks, 'none']),
	establishment: oneOf([...establishments, 'none']),
	status: v.fallback(v.optional(v.picklist([...personStatuses, 'all']), 'active'), 'active'),
	view: oneOf(peopleViews)
});

/** People picked in a list, one by one. */
export const chosenPeople = v.pipe(
	v.array(id, 'field.nobody-chosen'),
	v.minLength(1, 'field.nobody-chosen'),
	v.maxLength(2_000, 'field.too-many')
);

/** As many as the address of a page can hold. */
export const chosenForAssignment = v.object({
	personIds: v.pipe(chosenPeople, v.maxLength(300, 'field.too-many-to-assign'))
});

/** Abilities for which a person or a unit may be looked up by name. */
export const lookups = [
	'people:view',
	'people:edit',
	'training:assign',
	'programme:view',
	'programme:edit',
	'role:grant',
	'unit:view',
	'unit:edit',
	'promotion:edit',
	'hours:view',
	'exam:view',
	'exam:edit',
	'event:view',
	'event:edit'
] as const;

export const lookUp = v.object({
	q: v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), ''),
	ability: v.fallback(v.optional(v.picklist(lookups)), undefined)
});
