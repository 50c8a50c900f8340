import {
	type Establishment,
	type LeadershipLevel,
	leadershipLevels,
	type PostKind,
	type Rank,
	ranks,
	sideKinds
} from '#lib/schemas/people.ts';
import type { Problem, RosterField, Verdict } from '#lib/schemas/roster.ts';
import type { NewPost } from '../apply-posts.ts';
import type { RosterValues } from './read-row.ts';
import { none } from './read-value.ts';
import type { PlacedUnit, UnitFinder } from './unit-finder.ts';

/** A primary post as the roster holds it. */
export type HeldPost = {
	id: string;
	unitId: string;
	title: string;
	leadershipLevel: LeadershipLevel | null;
	rank: Rank | null;
	startsOn: string;
	document: string | null;
};

/** A person as the roster holds them. `posts` are the primary ones, oldest first. */
export type Standing = {
	id: string;
	name: string;
	email: string | null;
	joinedOn: string | null;
	establishment: Establishment | null;
	status: 'active' | 'retired' | 'left';
	isOwn: boolean;
	isWithinReach: boolean;
	posts: HeldPost[];
};

export type Details = Pick<Standing, 'name' | 'email' | 'joinedOn' | 'establishment'>;

/** What committing a row does. */
export type Act = {
	details?: Details;
	post?: Omit<NewPost, 'personId'>;
	corrected?: HeldPost;
	leaves?: { status: 'retired' | 'left'; on: string };
};

export type Changes = Partial<Record<RosterField, { from: string | null; to: string | null }>>;

export type Judgement =
	{ verdict: Exclude<Verdict, 'wrong'>; changes: Changes; act: Act } | { verdict: 'wrong'; problems: Problem[] };

type World = { units: UnitFinder; today: string };

/** What a readable row would do to the roster: a pure rule, the same in the preview and at the commit. */
export function judgeRow(values: RosterValues, standing: Standing | undefined, world: World): Judgement {
	const found = world.units.find(values.unitCode, values.unitName);
	if (found && 'problem' in found) return refuse(found.problem);
	if (values.kind && sideKinds.includes(values.kind as PostKind))
		return refuse({ field: 'kind', key: 'roster.side-kind' });
	return standing ? judgeKnown(values, standing, found?.unit, world) : judgeNew(values, found?.unit);
}

function judgeNew(values: RosterValues, unit: PlacedUnit | undefined): Judgement {
	const needed = (['name', 'title', 'startsOn'] as const).filter((field) => !values[field]);
	const problems: Problem[] = needed.map((field) => ({ field, key: 'roster.needed-for-new' }));
	if (!unit) problems.push({ field: 'unitCode', key: 'roster.needed-for-new' });
	if (values.status && values.status !== 'active') problems.push({ field: 'status', key: 'roster.new-not-active' });
	if (problems.length > 0 || !unit) return { verdict: 'wrong', problems };

	const startsOn = values.startsOn!;
	return {
		verdict: 'new',
		changes: {},
		act: {
			details: {
				name: values.name!,
				email: values.email ?? null,
				joinedOn: values.joinedOn ?? startsOn,
				establishment: (values.establishment as Establishment | undefined) ?? null
			},
			post: { ...postOf(values, unit.id), title: values.title!, startsOn, kind: (values.kind as PostKind) ?? 'initial' }
		}
	};
}

function judgeKnown(
	values: RosterValues,
	standing: Standing,
	unit: PlacedUnit | undefined,
	{ units, today }: World
): Judgement {
	if (!standing.isWithinReach) return refuse({ field: 'staffNumber', key: 'roster.out-of-reach' });

	const act: Act = {};
	const changes: Changes = changedDetails(values, standing);
	if (Object.keys(changes).length > 0) {
		act.details = {
			name: values.name ?? standing.name,
			email: values.email ?? standing.email,
			joinedOn: values.joinedOn ?? standing.joinedOn,
			establishment: (values.establishment as Establishment | undefined) ?? standing.establishment
		};
	}

	const problem =
		judgePost(values, standing, unit, { units, today }, changes, act) ??
		judgeStatus(values, standing, today, changes, act);
	if (problem) return refuse(problem);
	if (Object.keys(changes).length === 0) return { verdict: 'unchanged', changes, act };
	return standing.isOwn ? refuse({ key: 'access.own-case' }) : { verdict: 'changed', changes, act };
}

function changedDetails(values: RosterValues, standing: Standing): Changes {
	const changes: Changes = {};
	for (const field of ['name', 'email', 'joinedOn', 'establishment'] as const) {
		const said = values[field];
		const same = field === 'email' ? said?.toLowerCase() === standing.email?.toLowerCase() : said === standing[field];
		if (said !== undefined && !same) changes[field] = { from: standing[field], to: said };
	}
	return changes;
}

/**
 * A row that tells another post than the one held on its start date. From a later day on, it is a new post; on the very day, a
 * correction of title, 职级 or document; before today's post began it is history, which a roster does not rewrite.
 */
function judgePost(
	values: RosterValues,
	{ posts, status }: Standing,
	unit: PlacedUnit | undefined,
	{ units, today }: World,
	changes: Changes,
	act: Act
): Problem | undefined {
	const { startsOn } = values;
	const current = posts.findLast((post) => post.startsOn <= today) ?? posts[0];
	if (startsOn !== undefined && current && startsOn < current.startsOn)
		return { field: 'startsOn', key: 'roster.start-before', values: { date: current.startsOn } };
	const held = startsOn === undefined ? current : posts.findLast((post) => post.startsOn <= startsOn);
	const said = postSaid(values, unit, held);
	const differing = differences(held ?? empty, said, units);
	const isSame = Object.keys(differing).length === 0;

	if (held && isSame && (startsOn === undefined || startsOn === held.startsOn)) {
		if (startsOn === undefined || values.document === undefined || values.document === held.document) return undefined;
		act.corrected = { ...held, document: values.document };
		changes.document = { from: held.document, to: values.document };
		return undefined;
	}
	if (status !== 'active') return { field: 'title', key: 'roster.not-active' };
	if (startsOn === undefined) return { field: 'startsOn', key: 'roster.start-needed' };
	if (held && isSame) return { field: 'startsOn', key: 'roster.same-post', values: { date: held.startsOn } };

	if (held && startsOn === held.startsOn) {
		if (differing.unitName || differing.leadershipLevel)
			return { field: 'startsOn', key: 'roster.same-day-change', values: { date: held.startsOn } };
		act.corrected = { ...held, ...said, document: values.document ?? held.document };
		Object.assign(changes, differing);
		return undefined;
	}
	if (values.kind === 'initial' && held) return { field: 'kind', key: 'roster.not-first' };
	if (!said.unitId || !said.title) return { field: said.unitId ? 'title' : 'unitCode', key: 'roster.needed-for-new' };

	const kind = (values.kind as PostKind | undefined) ?? kindOf(held, said);
	act.post = { ...said, kind, startsOn, document: values.document ?? null };
	Object.assign(changes, differing, {
		kind: { from: null, to: kind },
		startsOn: { from: held?.startsOn ?? null, to: startsOn }
	});
	if (values.document) changes.document = { from: held?.document ?? null, to: values.document };
	return undefined;
}

function judgeStatus(
	{ status, leftOn }: RosterValues,
	standing: Standing,
	today: string,
	changes: Changes,
	act: Act
): Problem | undefined {
	if (status === undefined || status === standing.status) return undefined;
	if (standing.status !== 'active') return { field: 'status', key: 'roster.gone-already' };
	if (status === 'active') return undefined;

	const on = leftOn ?? today;
	if (act.post || act.corrected) return { field: 'status', key: 'roster.leaves-with-post' };
	if (on > today) return { field: 'leftOn', key: 'person.leaves-later' };
	if (standing.posts.some(({ startsOn }) => startsOn >= on))
		return { field: 'leftOn', key: 'person.leaves-before-post' };
	act.leaves = { status: status as 'retired' | 'left', on };
	changes.status = { from: standing.status, to: status };
	changes.leftOn = { from: null, to: on };
	return undefined;
}

type SaidPost = Pick<HeldPost, 'unitId' | 'title' | 'leadershipLevel' | 'rank'>;

const empty: SaidPost = { unitId: '', title: '', leadershipLevel: null, rank: null };

/** The post that a row tells: what it leaves empty stays as it is held. */
const postSaid = (values: RosterValues, unit: PlacedUnit | undefined, held: SaidPost = empty): SaidPost => ({
	unitId: unit?.id ?? held.unitId,
	title: values.title ?? held.title,
	leadershipLevel:
		values.leadershipLevel === undefined ? held.leadershipLevel : orNull(values.leadershipLevel as LeadershipLevel),
	rank: values.rank === undefined ? held.rank : orNull(values.rank as Rank)
});

function differences(held: SaidPost, said: SaidPost, units: UnitFinder): Changes {
	const changes: Changes = {};
	if (said.unitId !== held.unitId)
		changes.unitName = { from: units.labelOf(units.byId(held.unitId)), to: units.labelOf(units.byId(said.unitId)) };
	for (const field of ['title', 'leadershipLevel', 'rank'] as const) {
		if (said[field] !== held[field]) changes[field] = { from: held[field] || null, to: said[field] };
	}
	return changes;
}

/** A higher leading level is a promotion; so is a higher 职级 in the same unit, which makes no newly promoted leader. All else moves. */
function kindOf(held: SaidPost | undefined, said: SaidPost): PostKind {
	if (!held) return 'initial';
	if (height(leadershipLevels, said.leadershipLevel) > height(leadershipLevels, held.leadershipLevel))
		return 'promotion';
	if (said.unitId === held.unitId && height(ranks, said.rank) > height(ranks, held.rank)) return 'promotion';
	return 'transfer';
}

/** 0 for none, then the higher the higher. */
const height = <Value>(values: readonly Value[], value: Value | null): number =>
	value === null ? 0 : values.length - values.indexOf(value);

const postOf = (values: RosterValues, unitId: string) => ({
	unitId,
	leadershipLevel: orNull(values.leadershipLevel as LeadershipLevel | undefined),
	rank: orNull(values.rank as Rank | undefined),
	document: values.document ?? null
});

const orNull = <Value extends string>(value: Value | typeof none | undefined): Value | null =>
	value === undefined || value === none ? null : (value as Value);

const refuse = (...problems: Problem[]): Judgement => ({ verdict: 'wrong', problems });
