import { sql } from 'drizzle-orm';
import { notify } from '../../notifications/notify.ts';
import { batchesOf } from '../../platform/batches.ts';
import type { Context } from '../../platform/context.ts';
import { idList } from '../../platform/id-list.ts';
import { isLive } from '../obligation-state.ts';

type Told = {
	assignmentId: string;
	personId: string;
	title: string;
	periodOn: string;
	dueOn: string;
	kind: 'programme_assigned' | 'programme_left' | 'programme_changed';
};

const size = 5_000;

/**
 * Tells people what the last reconciling brought them: once per assignment and period what they owe, with its earliest date, and
 * once per release that nothing of it is asked any more, and why. What is completed already is not spoken of.
 */
export async function tellOfDuties(
	ctx: Context,
	assignmentIds: readonly string[] | 'all',
	personIds?: readonly string[]
): Promise<void> {
	const { rows } = await ctx.db.execute<Told>(sql`
		select o.programme_assignment_id as "assignmentId", o.person_id as "personId", p.title, o.period_on::text as "periodOn", min(o.due_on)::text as "dueOn",
			case when bool_or(o.withdrawn_at is null) then 'programme_assigned' when bool_or(o.withdrawn_because = 'left-audience') then 'programme_left' else 'programme_changed' end as kind
		from obligations o
		join programme_assignments a on a.id = o.programme_assignment_id
		join programmes p on p.id = a.programme_id
		where ${assignmentIds === 'all' ? sql`true` : sql`a.id in ${idList(assignmentIds)}`} and ${personIds ? sql`o.person_id = any(${sql.param(personIds)}::uuid[])` : sql`true`}
			and (o.created_at = ${ctx.now} and ${isLive(sql`o`)} or o.withdrawn_at = ${ctx.now} and o.withdrawn_because in ('left-audience', 'new-version'))
		group by 1, 2, 3, 4`);

	for (const told of Map.groupBy(
		rows,
		(row) => `${row.assignmentId} ${row.periodOn} ${row.dueOn} ${row.kind}`
	).values()) {
		const [{ assignmentId, title, periodOn, dueOn, kind }] = told as [Told, ...Told[]];
		const occasion =
			kind === 'programme_assigned' ? `${assignmentId} ${periodOn}` : `${assignmentId} ${ctx.now.toISOString()}`;
		for (const batch of batchesOf(told, size)) {
			const people = batch.map(({ personId }) => personId);
			await notify(ctx, people, {
				kind,
				occasion,
				href: '/today',
				values: { title: { 'zh-CN': title, en: title }, dueOn }
			});
		}
	}
}
