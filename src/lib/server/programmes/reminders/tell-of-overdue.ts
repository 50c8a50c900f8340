import { sql } from 'drizzle-orm';
import { type Ability, carries } from '../../access/abilities.ts';
import { notify } from '../../notifications/notify.ts';
import { weekdayOf } from '../../notifications/working-days.ts';
import type { Context } from '../../platform/context.ts';
import { addDays, type CalendarDate, dateOf } from '../../platform/dates.ts';
import { holds, lateSince } from './list-late.ts';
import type { ReminderSettings } from './settings.ts';

type Line = { personId: string; unitId: string; people: number; duties: number; units: number };

/** The Monday of the week in which a day lies. */
export const weekOf = (day: CalendarDate): CalendarDate => addDays(day, -((weekdayOf(day) + 6) % 7));

/**
 * Once a week, what has long been overdue is told to those who look after the unit: first to its liaison, later to HR. Each has one
 * line for each unit that they look after, with counts and the list behind them, never one for each person.
 */
export async function tellOfOverdue(ctx: Context, { liaisonWeeks, hrWeeks }: ReminderSettings): Promise<void> {
	await tellHolders(ctx, 'overdue_liaison', 'liaison', liaisonWeeks);
	await tellHolders(ctx, 'overdue_hr', 'hr', hrWeeks);
}

const seesThem: Ability = 'completion:people';

async function tellHolders(
	ctx: Context,
	kind: 'overdue_liaison' | 'overdue_hr',
	role: 'liaison' | 'hr',
	weeks: number
): Promise<void> {
	if (!carries(role, seesThem)) return;
	const today = dateOf(ctx.now);
	const { rows } = await ctx.db.execute<Line>(sql`
		with late as (${lateSince(today, weeks)}),
		places as (
			select late.unit_id, u.path, count(*) as people, sum(late.duties) as duties
			from late join units u on u.id = late.unit_id group by late.unit_id, u.path),
		holders as (
			select g.person_id, g.unit_id, over.path, nlevel(over.path) as depth
			from grants g join units over on over.id = g.unit_id join people p on p.id = g.person_id and p.status = 'active'
			where ${holds(role, today)}),
		nearest as (
			select places.*, holders.person_id as holder, holders.unit_id as over,
				rank() over (partition by places.unit_id order by holders.depth desc) as distance
			from places join holders on places.path <@ holders.path)
		select holder as "personId", over as "unitId", sum(people)::int as people, sum(duties)::int as duties, count(*)::int as units
		from nearest where distance = 1 group by holder, over order by holder, over`);

	const week = weekOf(today);
	const names = await namesOf(
		ctx,
		rows.map(({ unitId }) => unitId)
	);
	for (const { personId, unitId, ...counts } of rows) {
		await notify(ctx, [personId], {
			...{ kind, occasion: `${unitId} ${week}`, href: `/overview/${unitId}/late?as=${role}&weeks=${weeks}` },
			values: { ...counts, weeks, unit: names.get(unitId) ?? '' }
		});
	}
}

async function namesOf({ db }: Context, unitIds: string[]): Promise<Map<string, string>> {
	const { rows } = await db.execute<{ id: string; name: string }>(
		sql`select id, name from units where id = any(${sql.param(unitIds)}::uuid[])`
	);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
