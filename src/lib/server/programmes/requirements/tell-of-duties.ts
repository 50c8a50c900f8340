import { sql } from 'drizzle-orm';
import { notify } from '../../notifications/notify.ts';
import { batchesOf } from '../../platform/batches.ts';
import type { Context } from '../../platform/context.ts';
import { idList } from '../../platform/id-list.ts';
import { remindOfNew } from '../reminders/remind-of-new.ts';

type Told = {
	assignmentId: string;
	personId: string;
	title: string;
	periodOn: string;
	kind: 'programme_left' | 'programme_changed';
};

const size = 5_000;

/**
 * Tells people what the last reconciling brought them: with their next digest what they owe, and once per release that nothing of it
 * is asked any more, and why. What is completed already is not spoken of.
 */
export async function tellOfDuties(
	ctx: Context,
	assignmentIds: readonly string[] | 'all',
	personIds?: readonly string[]
): Promise<void> {
	const ofThem = personIds ? sql`o.person_id = any(${sql.param(personIds)}::uuid[])` : sql`true`;
	const ofThese = (column: ReturnType<typeof sql>) =>
		assignmentIds === 'all' ? sql`${column} is not null` : sql`${column} in ${idList(assignmentIds)}`;
	await remindOfNew(ctx, sql`${ofThese(sql`o.programme_assignment_id`)} and o.created_at = ${ctx.now} and ${ofThem}`);

	// Whoever is asked for something else of the same programme instead is told of that alone.
	const { rows } = await ctx.db.execute<Told>(sql`
		select o.programme_assignment_id as "assignmentId", o.person_id as "personId", p.title, o.period_on::text as "periodOn",
			case when bool_or(o.withdrawn_because = 'left-audience') then 'programme_left' else 'programme_changed' end as kind
		from obligations o
		join programme_assignments a on a.id = o.programme_assignment_id
		join programmes p on p.id = a.programme_id
		where ${ofThese(sql`a.id`)} and ${ofThem}
			and (o.created_at = ${ctx.now} and o.withdrawn_at is null or o.withdrawn_at = ${ctx.now} and o.withdrawn_because in ('left-audience', 'new-version'))
		group by 1, 2, 3, 4
		having bool_and(o.withdrawn_at is not null)`);

	for (const told of Map.groupBy(rows, (row) => `${row.assignmentId} ${row.periodOn} ${row.kind}`).values()) {
		const [{ assignmentId, title, kind }] = told as [Told, ...Told[]];
		for (const batch of batchesOf(told, size)) {
			const people = batch.map(({ personId }) => personId);
			await notify(ctx, people, {
				kind,
				occasion: `${assignmentId} ${ctx.now.toISOString()}`,
				href: '/today',
				values: { title: { 'zh-CN': title, en: title } }
			});
		}
	}
}
