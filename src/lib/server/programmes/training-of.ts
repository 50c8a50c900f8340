import { sql } from 'drizzle-orm';
import { assignments, obligations, programmeAssignments, programmes } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { type ObligationState, stateIn } from './obligation-state.ts';
import { whatIsAsked } from './what-is-asked.ts';

/** Something that somebody owes or owed: how it stands, where it counts, and why it exists. */
export type Duty = {
	id: string;
	asked: Asked;
	state: ObligationState;
	dueOn: string;
	completedOn: string | null;
	unit: string | null;
	/** The assignment it comes from, of a course or a programme, with the words of whoever assigned it; null for a promotion. */
	assignmentId: string | null;
	programmeAssignmentId: string | null;
	programme: string | null;
	reason: string | null;
};

/**
 * What a person owes and has completed, open things first, by date. The caller has looked the person up within reach. Who was
 * transferred in brings along what was earned elsewhere.
 */
export async function listTrainingOf(ctx: Context, personId: string): Promise<Duty[]> {
	const today = dateOf(ctx.now);
	const { rows } = await ctx.db.execute<Duty>(sql`
		select o.id, ${whatIsAsked(sql`o`)} as asked, o.due_on::text as "dueOn", o.completed_at::text as "completedOn", u.name as unit,
			o.assignment_id as "assignmentId", o.programme_assignment_id as "programmeAssignmentId", programme.title as programme,
			coalesce(a.reason, standing.reason) as reason, ${stateIn(sql`o`, today)} as state
		from ${obligations} o
		left join ${units} u on u.id = o.unit_id
		left join ${assignments} a on a.id = o.assignment_id
		left join ${programmeAssignments} standing on standing.id = o.programme_assignment_id
		left join ${programmes} programme on programme.id = standing.programme_id
		where o.person_id = ${personId}
		order by (o.completed_at is not null or o.withdrawn_at is not null), o.due_on desc, o.id`);
	return rows;
}
