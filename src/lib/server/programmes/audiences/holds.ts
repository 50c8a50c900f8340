import { type AudienceRule, type Condition, none, speaksOfStatus } from '#lib/schemas/audiences.ts';
import type { Establishment, LeadershipLevel, PersonStatus, PostKind, Rank } from '#lib/schemas/people.ts';
import { isWithin } from '../../access/scope.ts';
import { addMonths, type CalendarDate } from '../../platform/dates.ts';

/** What rules can ask of a person. */
export type Profile = {
	personId: string;
	unitId: string | null;
	unitPath: string | null;
	/** Ids of the unit and of all above it. */
	unitIds: string[];
	title: string;
	leadershipLevel: LeadershipLevel | null;
	rank: Rank | null;
	status: PersonStatus;
	establishment: Establishment | null;
	joinedOn: CalendarDate | null;
	posts: { kind: PostKind; startsOn: CalendarDate }[];
	courseIds: string[];
	listIds: string[];
};

/** Whether somebody belongs to an audience of a unit: what `audienceWhere` asks in SQL, asked of one person in memory. */
export const belongs = (rule: AudienceRule, unitPath: string, profile: Profile, today: CalendarDate): boolean =>
	isBounded(unitPath, profile) && (speaksOfStatus(rule) || profile.status === 'active') && holds(rule, profile, today);

/** No audience reaches beyond its own unit and those below. */
export const isBounded = (unitPath: string, profile: Profile): boolean =>
	profile.unitPath !== null && isWithin(profile.unitPath, unitPath);

/** Whether a rule, or a part of one, holds for a person on a day. */
export function holds(rule: AudienceRule, profile: Profile, today: CalendarDate): boolean {
	if ('all' in rule) return rule.all.every((part) => holds(part, profile, today));
	if ('any' in rule) return rule.any.some((part) => holds(part, profile, today));
	if ('not' in rule) return !holds(rule.not, profile, today);
	return conditionHolds(rule, profile, today);
}

function conditionHolds(rule: Condition, profile: Profile, today: CalendarDate): boolean {
	if ('unit' in rule) {
		const { ids, subtree } = rule.unit;
		return subtree
			? profile.unitIds.some((id) => ids.includes(id))
			: profile.unitId !== null && ids.includes(profile.unitId);
	}
	if ('rank' in rule) return rule.rank.in.includes(profile.rank ?? none);
	if ('level' in rule) return profile.leadershipLevel !== null && rule.level.in.includes(profile.leadershipLevel);
	if ('leading' in rule) return (profile.leadershipLevel !== null) === rule.leading;
	if ('title' in rule) return profile.title.toLowerCase().includes(rule.title.contains.toLowerCase());
	if ('status' in rule) return rule.status.in.includes(profile.status);
	if ('establishment' in rule) return rule.establishment.in.includes(profile.establishment ?? none);
	if ('joined' in rule) return profile.joinedOn !== null && isInSpan(profile.joinedOn, rule.joined, today);
	if ('postChange' in rule) {
		const { kinds, ...span } = rule.postChange;
		return profile.posts.some(
			({ kind, startsOn }) => kinds.includes(kind) && startsOn <= today && isInSpan(startsOn, span, today)
		);
	}
	if ('course' in rule) return profile.courseIds.includes(rule.course.id) === rule.course.done;
	if ('people' in rule) return rule.people.ids.includes(profile.personId);
	return profile.listIds.includes(rule.list.id);
}

/** Calendar dates compare as text. */
export function isInSpan(
	day: CalendarDate,
	{ from, to, withinMonths }: { from?: string; to?: string; withinMonths?: number },
	today: CalendarDate
): boolean {
	if (withinMonths !== undefined) return day > addMonths(today, -withinMonths) && day <= today;
	return (!from || day >= from) && (!to || day <= to);
}
