import { type SQL, sql } from 'drizzle-orm';
import { courseCompletions } from '#db/schema/courses.ts';
import { peopleListMembers } from '#db/schema/audiences.ts';
import { people, posts } from '#db/schema/people.ts';
import { type AudienceRule, type Condition, none, speaksOfStatus } from '#lib/schemas/audiences.ts';
import type { Context } from '../../platform/context.ts';
import { addMonths, dateOf } from '../../platform/dates.ts';
import { contains } from '../../platform/search-terms.ts';

/**
 * Who belongs, as a condition on a row of `people` (by that name; nothing else need be joined). Never beyond the unit and
 * those below it; those in service unless the rule speaks of status. `holds` is the same in memory; a property test proves
 * that both agree.
 */
export function audienceWhere({ now }: Pick<Context, 'now'>, rule: AudienceRule, unitPath: string): SQL {
	const status = speaksOfStatus(rule) ? [] : [sql`${people.status} = 'active'`];
	return sql.join([boundedTo(unitPath), ...status, whereOf(rule, dateOf(now))], sql` and `);
}

const boundedTo = (unitPath: string): SQL =>
	unitPath.includes('.')
		? sql`${people.unitId} in (select bound.id from units bound where bound.path <@ ${unitPath}::ltree)`
		: sql`${people.unitId} is not null`;

/** True or false for everybody, never unknown: so `not` is the opposite for those of whom nothing is recorded, too. */
function whereOf(rule: AudienceRule, today: string): SQL {
	if ('all' in rule) return joined(rule.all, today, 'and');
	if ('any' in rule) return joined(rule.any, today, 'or');
	if ('not' in rule) return sql`not ${whereOf(rule.not, today)}`;
	return sql`(${conditionWhere(rule, today)})`;
}

const joined = (parts: AudienceRule[], today: string, by: 'and' | 'or'): SQL =>
	parts.length === 0
		? sql.raw(by === 'and' ? 'true' : 'false')
		: sql`(${sql.join(
				parts.map((part) => whereOf(part, today)),
				sql.raw(` ${by} `)
			)})`;

function conditionWhere(rule: Condition, today: string): SQL {
	if ('unit' in rule) return inUnits(rule.unit);
	if ('rank' in rule) return isOneOf(people.rank, 'rank', rule.rank.in);
	if ('level' in rule) return isOneOf(people.leadershipLevel, 'leadership_level', rule.level.in);
	if ('leading' in rule) return sql`${people.leadershipLevel} is ${sql.raw(rule.leading ? 'not null' : 'null')}`;
	if ('title' in rule) return contains(people.title, rule.title.contains);
	if ('status' in rule) return isOneOf(people.status, 'person_status', rule.status.in);
	if ('establishment' in rule) return isOneOf(people.establishment, 'establishment', rule.establishment.in);
	if ('joined' in rule) {
		return sql`${people.joinedOn} is not null and ${inSpan(sql`${people.joinedOn}`, rule.joined, today)}`;
	}
	if ('postChange' in rule)
		return sql`exists (select 1 from ${posts} where ${posts.personId} = ${people.id} and
		${posts.kind} = any(${sql.param(rule.postChange.kinds)}::post_kind[]) and ${posts.startsOn} <= ${today} and ${inSpan(sql`${posts.startsOn}`, rule.postChange, today)})`;
	if ('course' in rule)
		return sql`${sql.raw(rule.course.done ? '' : 'not ')}exists (select 1 from ${courseCompletions}
		where ${courseCompletions.personId} = ${people.id} and ${courseCompletions.courseId} = ${rule.course.id})`;
	if ('people' in rule) return sql`${people.id} = any(${sql.param(rule.people.ids)}::uuid[])`;
	return sql`exists (select 1 from ${peopleListMembers}
		where ${peopleListMembers.personId} = ${people.id} and ${peopleListMembers.listId} = ${rule.list.id})`;
}

const inUnits = ({ ids, subtree }: { ids: string[]; subtree: boolean }): SQL =>
	subtree
		? sql`${people.unitId} in (select lower.id from units upper join units lower on lower.path <@ upper.path where upper.id = any(${sql.param(ids)}::uuid[]))`
		: sql`${people.unitId} = any(${sql.param(ids)}::uuid[])`;

function isOneOf(
	column: typeof people.rank | typeof people.leadershipLevel | typeof people.status | typeof people.establishment,
	type: string,
	values: readonly string[]
): SQL {
	const some = values.filter((value) => value !== none);
	const isSome = sql`(${column} is not null and ${column} = any(${sql.param(some)}::${sql.raw(type)}[]))`;
	if (some.length === values.length) return isSome;
	return some.length === 0 ? sql`${column} is null` : sql`${column} is null or ${isSome}`;
}

function inSpan(
	day: SQL,
	{ from, to, withinMonths }: { from?: string; to?: string; withinMonths?: number },
	today: string
): SQL {
	if (withinMonths !== undefined) return sql`${day} > ${addMonths(today, -withinMonths)} and ${day} <= ${today}`;
	const parts = [from ? sql`${day} >= ${from}` : undefined, to ? sql`${day} <= ${to}` : undefined].filter(
		(part) => part !== undefined
	);
	return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
}
