import * as v from 'valibot';
import {
	type AudienceRule,
	audienceRule,
	type ConditionKind,
	conditionKinds,
	conditions,
	type Conditions
} from '#lib/schemas/audiences.ts';
import { isId } from '../../platform/ids.ts';
import type { Named } from './demand-named.ts';

/**
 * A rule while it is being put together, as the fields of a form hold it: a node at the path `r.0` has fields called
 * `r.0:kind`, `r.0:not` and so on, so that the form works without a script. `not` is a mark on a node here. What is
 * missing or wrong is allowed until it is kept.
 */
export type DraftNode = {
	path: string;
	not: boolean;
	kind: GroupKind | ConditionKind;
	values: DraftValues;
	parts: DraftNode[];
	/** Code of what is wrong with this node. */
	error?: string;
};

export type GroupKind = 'all' | 'any';

export type DraftValues = {
	/** Ids of units or people; ranks, levels, statuses or kinds chosen. */
	chosen: string[];
	subtree: boolean;
	/** Leading or not; done or not. */
	is: boolean;
	text: string;
	/** A course or a list. */
	id: string;
	span: 'months' | 'dates' | 'ever';
	months: string;
	from: string;
	to: string;
};

const root = 'r';
const blank: DraftValues = {
	chosen: [],
	subtree: true,
	is: true,
	text: '',
	id: '',
	span: 'months',
	months: '12',
	from: '',
	to: ''
};
const isGroup = (kind: string): kind is GroupKind => kind === 'all' || kind === 'any';
const isKind = (kind: unknown): kind is DraftNode['kind'] =>
	typeof kind === 'string' && (isGroup(kind) || (conditionKinds as string[]).includes(kind));

const node = (kind: DraftNode['kind'], values: Partial<DraftValues> = {}, parts: DraftNode[] = []): DraftNode => ({
	path: '',
	not: false,
	kind,
	values: { ...blank, ...values },
	parts
});

/** Gives every node its path; the topmost is always a group. */
const placed = (draft: DraftNode, path = root): DraftNode => ({
	...draft,
	path,
	parts: draft.parts.map((part, at) => placed(part, `${path}.${at}`))
});
const asGroup = (draft: DraftNode): DraftNode => (isGroup(draft.kind) && !draft.not ? draft : node('all', {}, [draft]));

/** A rule that is kept, taken apart for changing. */
export const draftOf = (rule: AudienceRule): DraftNode => placed(asGroup(nodeOf(rule)));

function nodeOf(rule: AudienceRule): DraftNode {
	if ('all' in rule) return node('all', {}, rule.all.map(nodeOf));
	if ('any' in rule) return node('any', {}, rule.any.map(nodeOf));
	if ('not' in rule) {
		const inner = nodeOf(rule.not);
		// what can be said either way is said plainly: “holds no leading post”
		const isEither = inner.kind === 'leading' || inner.kind === 'course';
		return isEither ? { ...inner, values: { ...inner.values, is: !inner.values.is } } : { ...inner, not: !inner.not };
	}
	const [kind, said] = Object.entries(rule)[0] as [ConditionKind, Conditions[ConditionKind]];
	return node(kind, valuesOf(said));
}

function valuesOf(said: Conditions[ConditionKind]): Partial<DraftValues> {
	if (typeof said === 'boolean') return { is: said };
	const values: Partial<DraftValues> = {};
	if ('ids' in said) values.chosen = said.ids;
	if ('in' in said) values.chosen = said.in;
	if ('kinds' in said) values.chosen = said.kinds;
	if ('subtree' in said) values.subtree = said.subtree;
	if ('contains' in said) values.text = said.contains;
	if ('id' in said) values.id = said.id;
	if ('done' in said) values.is = said.done;
	if ('from' in said || 'to' in said)
		Object.assign(values, { span: 'dates', from: said.from ?? '', to: said.to ?? '' });
	else if ('withinMonths' in said) Object.assign(values, { span: 'months', months: String(said.withinMonths) });
	else if ('kinds' in said) values.span = 'ever';
	return values;
}

/** What a form says. A form without a rule holds an empty one. */
export function readDraft(form: FormData): DraftNode {
	const paths = [...form.keys()].filter((name) => name.endsWith(':kind')).map((name) => name.slice(0, -5));
	const known = new Set(paths);
	let left = 200; // more than is ever kept; what comes from outside has an end
	const read = (path: string): DraftNode => {
		const kind = form.get(`${path}:kind`);
		const text = (name: string) => String(form.get(`${path}:${name}`) ?? '').trim();
		const parts: DraftNode[] = [];
		for (let at = 0; known.has(`${path}.${at}`) && left-- > 0; at++) parts.push(read(`${path}.${at}`));
		const span = text('span');
		const values: DraftValues = {
			chosen: [...new Set(form.getAll(`${path}:chosen`).map(String))].slice(0, 1_000),
			subtree: text('subtree') !== 'off',
			is: text('is') !== 'off',
			text: text('text').slice(0, 200),
			id: text('id'),
			span: span === 'dates' || span === 'ever' ? span : 'months',
			months: text('months').slice(0, 6),
			from: text('from').slice(0, 20),
			to: text('to').slice(0, 20)
		};
		return { path, not: text('not') === 'on', kind: isKind(kind) ? kind : 'all', values, parts };
	};
	return known.has(root) ? placed(asGroup(read(root))) : emptyDraft();
}

export const emptyDraft = (): DraftNode => placed(node('all'));

/** One step of putting a rule together, as a button names it: `add r.0 rank`, `remove r.1`, `wrap r.1`, `unwrap r.1`. Any other changes nothing. */
export function changeDraft(draft: DraftNode, step: string): DraftNode {
	const [act, path = '', kind] = step.split(' ');
	if (act === 'add' && isKind(kind)) {
		const fresh = isGroup(kind) ? node(kind) : node(kind, kind === 'status' ? { chosen: ['active'] } : {});
		return change(draft, path, (at) => [{ ...at, parts: [...at.parts, fresh] }]);
	}
	if (act === 'remove' && path !== root) return change(draft, path, () => []);
	if (act === 'wrap' && path !== root) return change(draft, path, (at) => [node('any', {}, [at])]);
	if (act === 'unwrap' && path !== root) return change(draft, path, (at) => (isGroup(at.kind) ? at.parts : [at]));
	return draft;
}

function change(draft: DraftNode, path: string, act: (at: DraftNode) => DraftNode[]): DraftNode {
	const turn = (at: DraftNode): DraftNode[] => {
		if (at.path === path) return act(at);
		return path.startsWith(`${at.path}.`) ? [{ ...at, parts: at.parts.flatMap(turn) }] : [at];
	};
	return placed(turn(draft)[0] ?? node('all'));
}

/** Everything that a draft names by its id; ids that are none are left away. */
export function namedInDraft(draft: DraftNode): Named {
	const nodes = (at: DraftNode): DraftNode[] => [at, ...at.parts.flatMap(nodes)];
	const ids = (kind: ConditionKind, read: (values: DraftValues) => string[]) => [
		...new Set(
			nodes(draft)
				.filter((at) => at.kind === kind)
				.flatMap(({ values }) => read(values))
				.filter(isId)
		)
	];
	return {
		unitIds: ids('unit', ({ chosen }) => chosen),
		personIds: ids('people', ({ chosen }) => chosen),
		courseIds: ids('course', ({ id }) => [id]),
		listIds: ids('list', ({ id }) => [id])
	};
}

/** The rule that a draft says, or the draft with what is wrong at each node. */
export function ruleOf(draft: DraftNode): { rule: AudienceRule } | { draft: DraftNode } {
	const judged = judge(draft);
	if (hasError(judged)) return { draft: judged };
	const { success, output, issues } = v.safeParse(audienceRule, said(draft));
	return success ? { rule: output } : { draft: { ...judged, error: issues[0].message } };
}

const hasError = (draft: DraftNode): boolean => draft.error !== undefined || draft.parts.some(hasError);

function judge(draft: DraftNode): DraftNode {
	const parts = draft.parts.map(judge);
	if (isGroup(draft.kind)) {
		const isEmpty = parts.length === 0 && (draft.kind === 'any' || draft.path !== root);
		return { ...draft, parts, ...(isEmpty && { error: 'audience.empty-group' }) };
	}
	const { issues } = v.safeParse(conditions[draft.kind], conditionOf(draft.kind, draft.values));
	return { ...draft, parts, ...(issues && { error: issues[0].message }) };
}

function said({ kind, not, values, parts }: DraftNode): unknown {
	const plain = isGroup(kind) ? { [kind]: parts.map(said) } : { [kind]: conditionOf(kind, values) };
	return not ? { not: plain } : plain;
}

function conditionOf(kind: ConditionKind, { chosen, subtree, is, text, id, ...span }: DraftValues): unknown {
	switch (kind) {
		case 'unit':
			return { ids: chosen, subtree };
		case 'people':
			return { ids: chosen };
		case 'leading':
			return is;
		case 'title':
			return { contains: text };
		case 'course':
			return { id, done: is };
		case 'list':
			return { id };
		case 'joined':
			return spanOf(span);
		case 'postChange':
			return { kinds: chosen, ...spanOf(span) };
		default:
			return { in: chosen };
	}
}

function spanOf({ span, months, from, to }: Pick<DraftValues, 'span' | 'months' | 'from' | 'to'>): object {
	if (span === 'ever') return {};
	if (span === 'months') return { withinMonths: /^\d+$/.test(months) ? Number(months) : Number.NaN };
	return { ...(from && { from }), ...(to && { to }) };
}
