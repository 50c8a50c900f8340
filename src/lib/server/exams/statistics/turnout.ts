import { type SQL, sql } from 'drizzle-orm';
import { examCandidates } from '#db/schema/exam-candidates.ts';
import { units } from '#db/schema/units.ts';
import { within } from '../../access/scope.ts';
import type { SignedIn } from '../../platform/context.ts';
import type { Turnout } from './exam-figures.ts';

/** The turnout of those of one unit who hold one rank. */
export interface TurnoutRow extends Turnout, Record<string, unknown> {
	unitId: string;
	path: string;
	rank: string | null;
}

/** SQL: whether a candidate sat: marked, or with a paper that is being sat or waits for marks. */
const sat: SQL = sql`case
	when ${examCandidates.outcome} in ('passed', 'failed') then true
	when ${examCandidates.outcome} is null then exists (
		select 1 from exam_attempts t where t.exam_id = ${examCandidates.examId} and t.person_id = ${examCandidates.personId}
			and t.state in ('open', 'submitted', 'marked', 'released'))
	else false end`;

/** How the candidates within reach turned out, by unit and rank of the day on which the list was made. The exempt are not due to sit. */
export async function readTurnout({ db, actor }: SignedIn, examId: string): Promise<TurnoutRow[]> {
	const due = sql`${examCandidates.status} = 'due'`;
	const { rows } = await db.execute<TurnoutRow>(sql`
		with counted as (
			select ${examCandidates.unitId} as unit_id, ${examCandidates.rank} as rank,
				count(*) filter (where ${due})::int as due,
				count(*) filter (where not ${due})::int as exempt,
				count(*) filter (where ${due} and ${sat})::int as sat,
				count(*) filter (where ${examCandidates.outcome} = 'absent')::int as absent,
				count(*) filter (where ${examCandidates.outcome} = 'passed')::int as passed,
				count(*) filter (where ${examCandidates.outcome} = 'failed')::int as failed,
				count(*) filter (where ${examCandidates.excellent})::int as excellent
			from ${examCandidates} where ${examCandidates.examId} = ${examId}
			group by 1, 2)
		select counted.unit_id as "unitId", ${units.path}::text as path, rank, due, exempt, sat, absent, passed, failed, excellent
		from counted join ${units} on ${units.id} = counted.unit_id
		where ${within(actor, 'exam:view', units.path)}`);
	return rows;
}

const counts = ['due', 'exempt', 'sat', 'absent', 'passed', 'failed', 'excellent'] as const;

/** Adds turnouts up. */
export function addUpTurnout(rows: readonly Turnout[]): Turnout {
	const sum: Turnout = { due: 0, exempt: 0, sat: 0, absent: 0, passed: 0, failed: 0, excellent: 0 };
	for (const row of rows) for (const count of counts) sum[count] += row[count];
	return sum;
}

/** The turnout below a unit: of each of the units right below it with everything further down, and of itself. */
export function byUnitBelow(rows: readonly TurnoutRow[], path: string): { path: string; turnout: Turnout }[] {
	const depth = path.split('.').length;
	const here = rows.filter((row) => row.path === path || row.path.startsWith(`${path}.`));
	const groups = Map.groupBy(here, (row) =>
		row.path
			.split('.')
			.slice(0, depth + 1)
			.join('.')
	);
	return [...groups].map(([path, rows]) => ({ path, turnout: addUpTurnout(rows) }));
}
