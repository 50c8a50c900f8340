import * as v from 'valibot';
import { date, id, text, wholeNumber } from './fields.ts';
import { establishments, leadershipLevels, personStatuses, postKinds, ranks } from './people.ts';

/** Named where somebody holds no 职级, or where no 编制 is recorded. */
export const none = 'none';

const several = <const Options extends readonly [string, ...string[]]>(options: Options) =>
	v.pipe(v.array(v.picklist(options, 'field.invalid')), v.minLength(1, 'audience.nothing-chosen'));
const named = (most: number) =>
	v.pipe(v.array(id), v.minLength(1, 'audience.nothing-chosen'), v.maxLength(most, 'field.too-many'));
const one = <const Entries extends v.ObjectEntries>(entries: Entries) => v.strictObject(entries);

/** From a day on, until a day, both of them included; or within so many months before today. */
const span = {
	from: v.optional(date),
	to: v.optional(date),
	withinMonths: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(600)))
};
type Span = { from?: string; to?: string; withinMonths?: number };
const isOneSpan = ({ from, to, withinMonths }: Span) => withinMonths === undefined || (!from && !to);
const isForward = ({ from, to }: Span) => !from || !to || from <= to;

/** Everything that a rule can say of a person, one condition each. */
export const conditions = {
	/** In one of these units, with or without those below. */
	unit: one({ ids: named(200), subtree: v.boolean() }),
	rank: one({ in: several([...ranks, none]) }),
	level: one({ in: several(leadershipLevels) }),
	/** Whether they hold a leading post. */
	leading: v.boolean(),
	/** Part of the title of the primary post, letter case aside. */
	title: one({ contains: text(40) }),
	status: one({ in: several(personStatuses) }),
	establishment: one({ in: several([...establishments, none]) }),
	joined: v.pipe(
		one(span),
		v.check((said) => Object.keys(said).length > 0, 'audience.no-date'),
		v.check((said) => isOneSpan(said), 'field.invalid'),
		v.check((said) => isForward(said), 'audience.backwards')
	),
	/** A post of one of these kinds that began in the span and not after today. */
	postChange: v.pipe(
		one({ kinds: several(postKinds), ...span }),
		v.check((said) => isOneSpan(said), 'field.invalid'),
		v.check((said) => isForward(said), 'audience.backwards')
	),
	/** Whether they have completed a course, ever. */
	course: one({ id, done: v.boolean() }),
	people: one({ ids: named(500) }),
	/** On a list that was brought in from a file. */
	list: one({ id })
};

export type Conditions = { [Kind in keyof typeof conditions]: v.InferOutput<(typeof conditions)[Kind]> };
export type ConditionKind = keyof Conditions;

/** One condition: an object with one key that says of which kind it is. */
export type Condition = {
	[Kind in ConditionKind]: { [Key in Kind]: Conditions[Kind] };
}[ConditionKind];

/** Who belongs: conditions joined by and, or, not. All of nothing is everybody. */
export type AudienceRule = { all: AudienceRule[] } | { any: AudienceRule[] } | { not: AudienceRule } | Condition;

export const conditionKinds = Object.keys(conditions) as ConditionKind[];

export const deepest = 6;
export const mostNodes = 60;

const node: v.GenericSchema<unknown, AudienceRule> = v.union(
	[
		v.strictObject({ all: v.array(v.lazy(() => node)) }),
		v.strictObject({ any: v.pipe(v.array(v.lazy(() => node)), v.minLength(1, 'audience.empty-group')) }),
		v.strictObject({ not: v.lazy(() => node) }),
		...conditionKinds.map(
			(kind) => v.strictObject({ [kind]: conditions[kind] }) as unknown as v.GenericSchema<unknown, Condition>
		)
	],
	'field.invalid'
);

/** A rule as it is kept. Its size is looked at before anything else: it may come from anywhere. */
export const audienceRule = v.pipe(
	v.unknown(),
	v.check((rule) => depthOf(rule) <= deepest, 'audience.too-deep'),
	v.check((rule) => nodesOf(rule) <= mostNodes, 'audience.too-large'),
	node
);

/** The parts of a node that are rules themselves. */
export const partsOf = (rule: AudienceRule): AudienceRule[] =>
	'all' in rule ? rule.all : 'any' in rule ? rule.any : 'not' in rule ? [rule.not] : [];

/** Every condition of a rule, from the left to the right. */
export const conditionsOf = (rule: AudienceRule): Condition[] =>
	'all' in rule || 'any' in rule || 'not' in rule ? partsOf(rule).flatMap(conditionsOf) : [rule];

/** Whether the rule itself says of which status people are; where it does not, it is about those in service. */
export const speaksOfStatus = (rule: AudienceRule): boolean => conditionsOf(rule).some((one) => 'status' in one);

const below = (rule: unknown): unknown[] => {
	if (typeof rule !== 'object' || rule === null) return [];
	const { all, any, not } = rule as Record<string, unknown>;
	return [all ?? any ?? (not === undefined ? [] : [not])].flat();
};

function depthOf(rule: unknown, level = 1): number {
	if (level > deepest) return level;
	return Math.max(
		level,
		...below(rule)
			.slice(0, mostNodes)
			.map((part) => depthOf(part, level + 1))
	);
}

/** Counted no further than it matters. */
function nodesOf(rule: unknown): number {
	let count = 0;
	const queue = [rule];
	while (queue.length > 0 && count <= mostNodes) {
		count++;
		queue.push(...below(queue.pop()).slice(0, mostNodes + 1));
	}
	return count;
}

const name = text(80);

export const createAudience = v.object({ unitId: id, name, rule: audienceRule });
/** `number` is the version that was being edited: what somebody else has changed since is not overwritten. */
export const editAudience = v.object({ audienceId: id, name, rule: audienceRule, number: wholeNumber(1, 1_000_000) });
export const copyAudience = v.object({ audienceId: id, name });
export const archiveAudience = v.object({ audienceId: id });

const search = v.fallback(v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60)), '');
const cursor = v.fallback(v.nullish(v.string(), null), null);

/** What the address of the list of audiences may say; what makes no sense is passed over. */
export const audienceList = v.object({
	q: search,
	standing: v.fallback(v.optional(v.picklist(['used', 'unused', 'archived'])), undefined),
	sort: v.fallback(v.optional(v.picklist(['name', '-name', 'changed', '-changed'])), undefined),
	after: cursor,
	before: cursor
});

export const peopleList = v.object({ unitId: id, name });

export const removePeopleList = v.object({ listId: id });
