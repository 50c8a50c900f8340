import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
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
export const audienceWhere = (ctx: Pick<Context, 'now'>, rule: AudienceRule, unitPath: string): SQL =>
	whereOf(rule, unitPath, {
		today: dateOf(ctx.now),
		has: ({ table, where }) => sql`exists (select 1 from ${table} where ${table}.person_id = ${people.id} and ${where})`
	});

/**
 * The same of everybody at once: `people` and a condition, where those who completed a course, changed post or stand on a
 * list are read once and joined instead of being looked up person by person.
 */
export function audienceOfAll(
	ctx: Pick<Context, 'now'>,
	rule: AudienceRule,
	unitPath: string
): { from: SQL; where: SQL } {
	const joins: SQL[] = [];
	const known = new Map<string, SQL>();
	const has = ({ key, table, where, once }: PeopleSet): SQL => {
		const alias = known.get(key) ?? sql.raw(`set_${joins.length}`);
		if (!known.has(key)) {
			const distinct = sql.raw(once ? '' : 'distinct ');
			joins.push(
				sql` left join (select ${distinct}person_id from ${table} where ${where}) ${alias} on ${alias}.person_id = ${people.id}`
			);
		}
		known.set(key, alias);
		return sql`${alias}.person_id is not null`;
	};
	const where = whereOf(rule, unitPath, { today: dateOf(ctx.now), has });
	return { from: sql.join([sql`${people}`, ...joins]), where };
}

/** People of whom rows of another table speak; `once` where no two rows can speak of one. The key tells equal sets. */
type PeopleSet = { key: string; table: PgTable; where: SQL; once: boolean };
type Asked = { today: string; has: (set: PeopleSet) => SQL };

function whereOf(rule: AudienceRule, unitPath: string, asked: Asked): SQL {
	const status = speaksOfStatus(rule) ? [] : [sql`${people.status} = 'active'`];
	return sql.join([boundedTo(unitPath), ...status, nodeWhere(rule, asked)], sql` and `);
}

const boundedTo = (unitPath: string): SQL =>
	unitPath.includes('.')
		? sql`${people.unitId} in (select bound.id from units bound where bound.path <@ ${unitPath}::ltree)`
		: sql`${people.unitId} is not null`;

/** True or false for everybody, never unknown: so `not` is the opposite for those of whom nothing is recorded, too. */
function nodeWhere(rule: AudienceRule, asked: Asked): SQL {
	if ('all' in rule) return joined(rule.all, asked, 'and');
	if ('any' in rule) return joined(rule.any, asked, 'or');
	if ('not' in rule) return sql`not ${nodeWhere(rule.not, asked)}`;
	return sql`(${conditionWhere(rule, asked)})`;
}

const joined = (parts: AudienceRule[], asked: Asked, by: 'and' | 'or'): SQL =>
	parts.length === 0
		? sql.raw(by === 'and' ? 'true' : 'false')
		: sql`(${sql.join(
				parts.map((part) => nodeWhere(part, asked)),
				sql.raw(` ${by} `)
			)})`;

function conditionWhere(rule: Condition, { today, has }: Asked): SQL {
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
	if ('people' in rule) return sql`${people.id} = any(${sql.param(rule.people.ids)}::uuid[])`;
	const isIn = has(setOf(rule, today));
	return 'course' in rule && !rule.course.done ? sql`not ${isIn}` : isIn;
}

/** Those of whom a condition speaks that rests on other rows than the person's own. */
function setOf(
	rule: Extract<Condition, { postChange: unknown } | { course: unknown } | { list: unknown }>,
	today: string
): PeopleSet {
	if ('course' in rule) {
		const where = sql`${courseCompletions.courseId} = ${rule.course.id}`;
		return { key: rule.course.id, table: courseCompletions, where, once: true };
	}
	if ('list' in rule) {
		const where = sql`${peopleListMembers.listId} = ${rule.list.id}`;
		return { key: rule.list.id, table: peopleListMembers, where, once: true };
	}
	const { kinds, ...span } = rule.postChange;
	const began = sql`${posts.startsOn}`;
	const where = sql`${posts.kind} = any(${sql.param(kinds)}::post_kind[]) and ${began} <= ${today} and ${inSpan(began, span, today)}`;
	return { key: JSON.stringify(rule), table: posts, where, once: false };
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
