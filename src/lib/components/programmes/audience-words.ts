import { formatDate } from '#lib/format/dates.ts';
import { localized, type Localized } from '#lib/format/localized.ts';
import { establishmentNames, levelNames, postKindNames, rankNames, statusNames } from '#lib/format/posts.ts';
import { m } from '#lib/paraglide/messages.js';
import { type AudienceRule, type Condition, type ConditionKind, none, speaksOfStatus } from '#lib/schemas/audiences.ts';
import type { Establishment, Rank } from '#lib/schemas/people.ts';
import type { Explanation } from '#lib/server/programmes/audiences/explain-membership.ts';

/** What the ids in a rule are called; who is out of the reader's reach has no name here. */
export type Names = {
	units: Record<string, { name: string }>;
	people: Record<string, { name: string }>;
	courses: Record<string, Localized>;
	lists: Record<string, string>;
};

/** Each kind of condition, as it is chosen from a list. */
export const kindNames: Record<ConditionKind, () => string> = {
	unit: m.audiences_kind_unit,
	rank: m.audiences_kind_rank,
	level: m.audiences_kind_level,
	leading: m.audiences_kind_leading,
	title: m.audiences_kind_title,
	status: m.audiences_kind_status,
	establishment: m.audiences_kind_establishment,
	joined: m.audiences_kind_joined,
	postChange: m.audiences_kind_post_change,
	course: m.audiences_kind_course,
	people: m.audiences_kind_people,
	list: m.audiences_kind_list
};

const shown = 6;
const listed = (words: string[], total = words.length) => {
	const names = words.slice(0, shown).join(m.audiences_list_and());
	return total > shown ? m.audiences_several_more({ names, count: total }) : names;
};
const day = (date: string) => formatDate(date, 'date', 'UTC');
const rankName = (rank: Rank | typeof none | null) =>
	rank === none || rank === null ? m.people_rank_none() : rankNames[rank]();
const establishmentName = (value: Establishment | typeof none | null) =>
	value === none || value === null ? m.people_establishment_none() : establishmentNames[value]();

/** The whole rule as one sentence, with whose people it is about. */
export function ruleSentence(rule: AudienceRule, unit: string, names: Names): string {
	const isEverybody = 'all' in rule && rule.all.length === 0;
	if (isEverybody) return m.audiences_sentence_all({ unit });
	const words = { unit, rule: ruleInWords(rule, names) };
	return speaksOfStatus(rule) ? m.audiences_sentence_status(words) : m.audiences_sentence(words);
}

/** A rule, or a part of one, in words. */
export function ruleInWords(rule: AudienceRule, names: Names): string {
	if ('not' in rule) return m.audiences_not({ rule: ruleInWords(rule.not, names) });
	if (!('all' in rule) && !('any' in rule)) return conditionInWords(rule, names);
	const parts = 'all' in rule ? rule.all : rule.any;
	const words = parts.map((part) => {
		const inner = ruleInWords(part, names);
		const isGroup = 'all' in part ? part.all.length > 1 : 'any' in part && part.any.length > 1;
		return isGroup && parts.length > 1 ? m.audiences_group({ rule: inner }) : inner;
	});
	return words.join('all' in rule ? m.audiences_and() : m.audiences_or());
}

function conditionInWords(rule: Condition, names: Names): string {
	if ('unit' in rule) {
		const units = listed(rule.unit.ids.map((id) => names.units[id]?.name ?? '—'));
		return rule.unit.subtree ? m.audiences_words_unit({ units }) : m.audiences_words_unit_only({ units });
	}
	if ('rank' in rule)
		return m.audiences_words_rank({ values: rule.rank.in.map(rankName).join(m.audiences_list_and()) });
	if ('level' in rule) {
		return m.audiences_words_level({
			values: rule.level.in.map((level) => levelNames[level]()).join(m.audiences_list_and())
		});
	}
	if ('leading' in rule) return rule.leading ? m.audiences_words_leading() : m.audiences_words_leading_not();
	if ('title' in rule) return m.audiences_words_title({ text: rule.title.contains });
	if ('status' in rule) {
		return m.audiences_words_status({
			values: rule.status.in.map((status) => statusNames[status]()).join(m.audiences_list_and())
		});
	}
	if ('establishment' in rule) {
		return m.audiences_words_establishment({
			values: rule.establishment.in.map(establishmentName).join(m.audiences_list_and())
		});
	}
	if ('joined' in rule) return joinedInWords(rule.joined);
	if ('postChange' in rule) return postChangeInWords(rule.postChange);
	if ('course' in rule) {
		const title = names.courses[rule.course.id];
		const course = title ? localized(title) : '—';
		return rule.course.done ? m.audiences_words_course({ course }) : m.audiences_words_course_not({ course });
	}
	if ('people' in rule) return m.audiences_words_people({ names: peopleInWords(rule.people.ids, names) });
	const list = names.lists[rule.list.id];
	return m.audiences_words_list({ list: list ?? m.audiences_words_unknown() });
}

function peopleInWords(ids: string[], names: Names): string {
	const known = ids.flatMap((id) => names.people[id]?.name ?? []);
	const hidden = ids.length - known.length;
	return [
		...(known.length > 0 ? [listed(known)] : []),
		...(hidden > 0 ? [m.audiences_words_hidden({ count: hidden })] : [])
	].join(m.audiences_list_and());
}

type Span = { from?: string; to?: string; withinMonths?: number };

function joinedInWords({ from, to, withinMonths }: Span): string {
	if (withinMonths !== undefined) return m.audiences_words_joined_months({ count: withinMonths });
	if (from && to) return m.audiences_words_joined_between({ from: day(from), to: day(to) });
	return from ? m.audiences_words_joined_from({ from: day(from) }) : m.audiences_words_joined_to({ to: day(to ?? '') });
}

function postChangeInWords({
	kinds: chosen,
	from,
	to,
	withinMonths
}: Span & { kinds: (keyof typeof postKindNames)[] }): string {
	const kinds = chosen.map((kind) => postKindNames[kind]()).join(m.audiences_list_and());
	if (withinMonths !== undefined) return m.audiences_words_post_months({ kinds, count: withinMonths });
	if (from && to) return m.audiences_words_post_between({ kinds, from: day(from), to: day(to) });
	if (from) return m.audiences_words_post_from({ kinds, from: day(from) });
	return to ? m.audiences_words_post_to({ kinds, to: day(to) }) : m.audiences_words_post_ever({ kinds });
}

/** What stands on the person, of which a condition speaks; nothing where the condition says it all. */
export function actualInWords(
	rule: AudienceRule,
	{ profile, unit }: Pick<Explanation, 'profile' | 'unit'>
): string | null {
	if ('unit' in rule) return unit ?? m.audiences_actual_none();
	if ('rank' in rule) return rankName(profile.rank);
	if ('level' in rule || 'leading' in rule)
		return profile.leadershipLevel ? levelNames[profile.leadershipLevel]() : m.people_level_none();
	if ('title' in rule) return profile.title || m.audiences_actual_none();
	if ('status' in rule) return statusNames[profile.status]();
	if ('establishment' in rule) return establishmentName(profile.establishment);
	if ('joined' in rule) return profile.joinedOn ? day(profile.joinedOn) : m.audiences_actual_none();
	if ('course' in rule) {
		return profile.courseIds.includes(rule.course.id) ? m.audiences_course_done() : m.audiences_course_not_done();
	}
	if ('postChange' in rule) {
		const posts = profile.posts.filter(({ kind }) => rule.postChange.kinds.includes(kind)).slice(-3);
		if (posts.length === 0) return m.audiences_actual_none();
		return posts
			.map(({ kind, startsOn }) => m.audiences_actual_post({ kind: postKindNames[kind](), date: day(startsOn) }))
			.join(m.audiences_list_and());
	}
	return null;
}
