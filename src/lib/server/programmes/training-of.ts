import { sql } from 'drizzle-orm';
import type { Localized } from '#db/schema/columns.ts';
import { courses, courseVersions } from '#db/schema/courses.ts';
import { assignments, obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import type { ObligationState } from './obligation-state.ts';

/** A course that somebody owes or owed: how it stands, where it counts, and why it exists. */
export type Duty = {
	id: string;
	course: Localized;
	state: ObligationState;
	dueOn: string;
	completedOn: string | null;
	unit: string | null;
	/** The assignment it comes from, with the words of whoever assigned it; null for a promotion. */
	assignmentId: string | null;
	reason: string | null;
};

/**
 * What a person owes and has completed, open things first, by date. The caller has looked the person up within reach. Who was
 * transferred in brings along what was earned elsewhere.
 */
export async function listTrainingOf(ctx: Context, personId: string): Promise<Duty[]> {
	const today = dateOf(ctx.now);
	const { rows } = await ctx.db.execute<Duty>(sql`
		select o.id, v.title as course, o.due_on::text as "dueOn", o.completed_at::text as "completedOn", u.name as unit,
			o.assignment_id as "assignmentId", a.reason,
			obligation_state(o.completed_at, o.withdrawn_at, o.started_at, o.due_on, ${today}::date) as state
		from ${obligations} o
		join ${courses} c on c.id = o.course_id
		join ${courseVersions} v on v.id = c.current_version_id
		left join ${units} u on u.id = o.unit_id
		left join ${assignments} a on a.id = o.assignment_id
		where o.person_id = ${personId}
		order by (o.completed_at is not null or o.withdrawn_at is not null), o.due_on desc, o.id`);
	return rows;
}
