import { type SQL, sql } from 'drizzle-orm';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { audienceWhere } from '../audiences/audience-where.ts';
import type { Context } from '../../platform/context.ts';
import { type CalendarDate, dateOf } from '../../platform/dates.ts';
import { env } from '../../platform/env.ts';
import type { Dates, Period } from './due-date.ts';
import { daysAhead, dutySql, periodsOn, renewalRule, renewalSql } from './duty-dates.ts';
import type { Standing, StandingRequirement } from './standing.ts';

/** For whom a rule is to be worked out: everybody whom it may reach, some people, or those of a unit and below. */
export type Whom = 'all' | { personIds: readonly string[] } | { unitPath: string };

/** The same as a condition on the row `people`. */
export function isAmong(whom: Whom): SQL {
	if (whom === 'all') return sql`true`;
	if ('personIds' in whom) return sql`people.id = any(${sql.param(whom.personIds)}::uuid[])`;
	return sql`people.unit_id in (select here.id from units here where here.path <@ ${whom.unitPath}::ltree)`;
}

/** Whether a row of `people` belongs to the audience of a standing assignment. */
export const belongs = (ctx: Pick<Context, 'now'>, { rule, unitPath }: Standing): SQL =>
	audienceWhere(ctx, rule, unitPath);

/**
 * Every duty that a standing assignment brings to those who belong, as one SQL relation: person_id, unit_id, requirement_id, kind,
 * course_id, period_on, opens_on, due_on, expires_on, renews_from. Undefined where there is nothing to make on that day.
 */
export function wanted(ctx: Pick<Context, 'now'>, standing: Standing, whom: Whom): SQL | undefined {
	const today = dateOf(ctx.now);
	const parts = standing.requirements.flatMap((requirement) => [
		...periodsOn(standing.terms, today).map((period) => inPeriod(ctx, standing, requirement, period, whom)),
		...(standing.terms.recurrence === 'after-completion' ? [renewed(ctx, standing, requirement, whom)] : [])
	]);
	return parts.length > 0 ? sql.join(parts, sql` union all `) : undefined;
}

function inPeriod(
	ctx: Pick<Context, 'now'>,
	standing: Standing,
	requirement: StandingRequirement,
	{ from, to }: Period<CalendarDate>,
	whom: Whom
): SQL {
	const rule = requirement.due ?? standing.due;
	const period = { from: sql`${from}::date`, to: to === null ? null : sql`${to}::date` };
	const duty = dutySql(standing.terms, rule, period, knownOf(rule, dateOf(ctx.now), standing));
	return sql`
		select people.id as person_id, people.unit_id, ${requirement.id}::uuid as requirement_id, ${requirement.kind}::requirement_kind as kind,
			${requirement.courseId}::uuid as course_id, ${from}::date as period_on, ${duty.opensOn} as opens_on, ${duty.dueOn} as due_on, ${duty.expiresOn} as expires_on, null::date as renews_from
		from people
		where ${isAmong(whom)} and ${belongs(ctx, standing)} and ${duty.exists}`;
}

/**
 * Whoever has completed it last has to renew it, from some months before what they earned runs out. Renewed in that time, it holds
 * from the day on which it would have run out: nobody loses by being early.
 */
function renewed(ctx: Pick<Context, 'now'>, standing: Standing, requirement: StandingRequirement, whom: Whom): SQL {
	const today = dateOf(ctx.now);
	const completedOn = sql`last.completed_on`;
	const period = renewalSql(standing.terms, completedOn);
	const rule = renewalRule(requirement.due ?? standing.due);
	const duty = dutySql(standing.terms, rule, period, { ...knownOf(rule, today, standing), completedOn });
	return sql`
		select people.id, people.unit_id, ${requirement.id}::uuid, ${requirement.kind}::requirement_kind, ${requirement.courseId}::uuid,
			${period.from}, ${duty.opensOn}, ${duty.dueOn}, ${duty.expiresOn}, ${period.to}
		from people
		join lateral (
			select case when o.completed_at is not null then greatest((o.completed_at at time zone ${env.MINGFA_TIMEZONE})::date, o.renews_from) end as completed_on from obligations o
			where o.programme_assignment_id = ${standing.id} and o.person_id = people.id and o.requirement_id = any(${sql.param(requirement.alike)}::uuid[])
				and o.withdrawn_at is null
			order by o.period_on desc limit 1) last on last.completed_on is not null
		where ${isAmong(whom)} and ${belongs(ctx, standing)} and ${duty.exists} and ${period.from} <= ${today}::date + ${daysAhead}::int
			and (${standing.terms.endsOn}::date is null or ${period.from} <= ${standing.terms.endsOn}::date)`;
}

/** What is known of a row of `people`; a promotion is looked up only where a rule asks for it. */
function knownOf(rule: DueRule, today: CalendarDate, { terms }: Standing): Dates<SQL> {
	const assignedOn = terms.startsOn > today ? terms.startsOn : today;
	const promotedOn = sql`(select max(post.starts_on) from posts post where post.person_id = people.id and post.kind = 'promotion' and post.starts_on <= ${today}::date)`;
	return {
		joinedOn: sql`people.joined_on`,
		promotedOn: rule.kind === 'after' && rule.event === 'promotion' ? promotedOn : sql`null::date`,
		assignedOn: sql`${assignedOn}::date`,
		completedOn: sql`null::date`,
		startsOn: sql`null::date`
	};
}
