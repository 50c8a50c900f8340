import { type SQL, sql } from 'drizzle-orm';
import { hourEntries } from '#db/schema/hours.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { idList } from '../platform/id-list.ts';

/** Where somebody stands this year: duties owed and completed, the earliest date still open, training hours earned. */
export type TrainingSummary = {
	personId: string;
	owed: number;
	completed: number;
	openDueOn: string | null;
	started: boolean;
	hours: number;
};

/**
 * Where these people stand: what is due this year, and what is still open from before. Only those whose training the actor may
 * see are in it.
 */
export async function summariseTraining(
	ctx: Context,
	personIds: readonly string[]
): Promise<Map<string, TrainingSummary>> {
	if (personIds.length === 0) return new Map();
	const year = yearOf(ctx.now);
	const { rows } = await ctx.db.execute<TrainingSummary>(sql`
		select p.id as "personId", coalesce(o.owed, 0)::int as owed, coalesce(o.completed, 0)::int as completed,
			o.open_due_on::text as "openDueOn", coalesce(o.started, false) as started, coalesce(h.hours, 0)::float as hours
		from ${people} p
		join ${units} on ${units.id} = p.unit_id
		left join (${owedBy(personIds, `${year}-01-01`)}) o on o.person_id = p.id
		left join (
			select person_id, sum(hours) as hours from ${hourEntries} where year = ${year} and person_id in ${idList(personIds)} group by person_id
		) h on h.person_id = p.id
		where p.id in ${idList(personIds)} and ${within(ctx.actor, 'training:view', units.path)}`);
	return new Map(rows.map((row) => [row.personId, row]));
}

const owedBy = (personIds: readonly string[], since: string): SQL => sql`
	select person_id, count(distinct coalesce(course_id, id)) as owed, count(distinct coalesce(course_id, id)) filter (where completed_at is not null) as completed,
		min(due_on) filter (where completed_at is null) as open_due_on,
		bool_or(started_at is not null or completed_at is not null) as started
	from ${obligations}
	where withdrawn_at is null and exempt_at is null and person_id in ${idList(personIds)} and (completed_at is null or due_on >= ${since})
	group by person_id`;
