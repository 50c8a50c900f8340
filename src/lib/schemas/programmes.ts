import * as v from 'valibot';
import { checkbox, date, id, ids, text, wholeNumber } from './fields.ts';

export const obligationStates = [
	'upcoming',
	'open',
	'in-progress',
	'completed',
	'overdue',
	'exempt',
	'expired',
	'withdrawn'
] as const;

/** Whom an assignment names: people one by one, units with or without what stands below them. */
export const audience = v.object({ personIds: ids, unitIds: ids, subtree: checkbox });

/** By when, and why: the reason is shown to those who owe it. */
export const terms = v.object({ dueOn: date, reason: text(300) });

/** `id` is made with the form: sent twice, it is one assignment. */
export const assign = v.pipe(
	v.object({ id: v.optional(id), courseId: id, ...terms.entries, ...audience.entries }),
	v.forward(
		v.check(({ personIds, unitIds }) => personIds.length + unitIds.length > 0, 'field.nobody-chosen'),
		['personIds']
	)
);

const search = v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), '');
const cursor = v.fallback(v.nullish(v.string(), null), null);

/** What a list of obligations is narrowed to. Whatever the address says that makes no sense narrows nothing. */
export const listing = v.object({
	state: v.fallback(v.optional(v.picklist(obligationStates)), undefined),
	q: search,
	unit: v.fallback(v.optional(id), undefined)
});

/** What the address of the list of assignments may say; what makes no sense is passed over. */
export const assignmentList = v.object({
	q: search,
	standing: v.fallback(v.optional(v.picklist(['open', 'closed'])), undefined),
	sort: v.fallback(v.optional(v.picklist(['created', '-created', 'due', '-due'])), undefined),
	after: cursor,
	before: cursor
});

/** The same for the people of one assignment. */
export const obligationOrder = v.object({
	sort: v.fallback(v.optional(v.picklist(['name', '-name', 'due', '-due', 'number', '-number'])), undefined),
	after: cursor,
	before: cursor
});

/**
 * Which obligations a change is for: those picked one by one, or everything listed under a filter. Never both, never by
 * silence; a filter that makes no sense is refused here, since it would widen the change.
 */
const chosen = {
	assignmentId: id,
	obligationIds: ids,
	listed: checkbox,
	state: v.optional(v.picklist(obligationStates, 'field.invalid')),
	q: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60, 'field.too-long')),
	unit: v.optional(id)
};
const isChosen = ({ obligationIds, listed }: { obligationIds: string[]; listed: boolean }) =>
	obligationIds.length > 0 !== listed;

export const extend = v.pipe(
	v.object({ ...chosen, dueOn: date }),
	v.check((input) => isChosen(input), 'field.nobody-chosen')
);

export const withdraw = v.pipe(
	v.object({ ...chosen, because: text(300) }),
	v.check((input) => isChosen(input), 'field.nobody-chosen')
);

export const remind = v.pipe(
	v.object(chosen),
	v.check((input) => isChosen(input), 'field.nobody-chosen')
);

/** What may have happened to a person from which days are counted. */
export const dueEvents = ['joining', 'promotion', 'assigning', 'completion'] as const;

/** By when: a date; so long after something; every year on a day; the first or last day of the period; before a post starts. */
export type DueRule =
	| { kind: 'date'; on: string }
	| { kind: 'after'; event: (typeof dueEvents)[number]; days: number }
	| { kind: 'after'; event: (typeof dueEvents)[number]; months: number }
	| { kind: 'yearly'; month: number; day: number }
	| { kind: 'period'; day: 'first' | 'last' }
	| { kind: 'before-start' };

const span = wholeNumber(0, 1_200);

/** The same as a form says it: `due` names the kind, the other fields what it takes. */
export const dueRule = v.pipe(
	v.variant('due', [
		v.object({ due: v.literal('date'), dueOn: date }),
		v.object({
			due: v.literal('after'),
			dueEvent: v.picklist(dueEvents, 'field.required'),
			dueSpan: span,
			dueUnit: v.picklist(['days', 'months'], 'field.required')
		}),
		v.object({ due: v.literal('yearly'), dueMonth: wholeNumber(1, 12), dueDay: wholeNumber(1, 31) }),
		v.object({ due: v.literal('first') }),
		v.object({ due: v.literal('last') })
	]),
	v.transform((said): DueRule => {
		if (said.due === 'date') return { kind: 'date', on: said.dueOn };
		if (said.due === 'yearly') return { kind: 'yearly', month: said.dueMonth, day: said.dueDay };
		if (said.due !== 'after') return { kind: 'period', day: said.due };
		return said.dueUnit === 'days'
			? { kind: 'after', event: said.dueEvent, days: said.dueSpan }
			: { kind: 'after', event: said.dueEvent, months: said.dueSpan };
	})
);
