import { type SQL, sql } from 'drizzle-orm';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { getAudience } from '../audiences/queries.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { evidenceOf, judgedOf, type RequirementKind } from './evidence.ts';
import { getProgramme } from './queries.ts';
import type { Standing } from './standing.ts';
import { wanted } from './wanted.ts';

export type Thought = {
	programmeId: string;
	audienceId: string;
	due: DueRule;
	startsOn: string;
	endsOn: string | null;
};

export type PreviewedPerson = { personId: string; name: string; staffNumber: string; unit: string; dueOn: string };

/** What an assignment would bring today: people, duties, how many of these earlier learning meets already, dates, some people. */
export type Preview = {
	people: number;
	duties: number;
	fulfilled: number;
	firstDueOn: string | null;
	lastDueOn: string | null;
	sample: PreviewedPerson[];
};

/** Works out an assignment that is only thought of, by the same rules that would make it. @throws not-found programme | audience */
export async function previewProgramme(ctx: Context, thought: Thought): Promise<Preview> {
	const standing = await imagine(ctx, thought);
	const duties = standing && wanted(ctx, standing, 'all');
	if (!standing || !duties)
		return { people: 0, duties: 0, fulfilled: 0, firstDueOn: null, lastDueOn: null, sample: [] };

	const { rows } = await ctx.db.execute<Omit<Preview, 'fulfilled'>>(sql`
		with duty as materialized (${duties})
		select count(distinct person_id)::int as people, count(*)::int as duties, min(due_on)::text as "firstDueOn", max(due_on)::text as "lastDueOn",
			(select coalesce(json_agg(s), '[]') from (
				select p.id as "personId", p.name, p.staff_number::text as "staffNumber", u.name as unit, min(d.due_on)::text as "dueOn"
				from (select * from duty order by person_id limit 8) d join people p on p.id = d.person_id join units u on u.id = p.unit_id
				group by p.id, u.id order by p.name collate "zh-x-icu") s) as sample
		from duty`);
	let fulfilled = 0;
	for (const kind of new Set(standing.requirements.map((requirement) => requirement.kind)))
		fulfilled += await countMet(ctx, kind, duties);
	return { ...rows[0]!, fulfilled };
}

async function imagine(ctx: Context, thought: Thought): Promise<Standing | undefined> {
	const { title, current } = await getProgramme(ctx, thought.programmeId);
	const { versionId, rule, unitPath } = await getAudience(ctx, thought.audienceId, 'programme:edit');
	if (!current) return undefined;
	const { rows } = await ctx.db.execute<{
		id: string;
		kind: RequirementKind;
		courseId: string | null;
		due: DueRule | null;
	}>(
		sql`select id, kind, course_id as "courseId", due from programme_requirements where version_id = ${current.id} order by position`
	);
	return {
		id: newId(),
		title,
		due: thought.due,
		audienceVersionId: versionId,
		rule,
		unitPath,
		terms: { ...current, startsOn: thought.startsOn, endsOn: thought.endsOn },
		requirements: rows.map((row) => ({ ...row, alike: [row.id] }))
	};
}

async function countMet({ db }: Context, kind: RequirementKind, duties: SQL): Promise<number> {
	const source = sql`(
		select md5(d.person_id::text || d.requirement_id::text || d.period_on::text)::uuid as id, d.*, null::uuid as programme_assignment_id, null::timestamptz as created_at,
			null::timestamptz as completed_at, null::timestamptz as withdrawn_at, null::uuid as completion_id, null::uuid as evidence_exam_id, null::uuid as evidence_event_id,
			null::numeric as evidence_hours, null::uuid as equivalent_id
		from (${duties}) d)`;
	const { rows } = await db.execute<{ count: number }>(sql`
		with judged as materialized (${judgedOf(kind, sql`true`, source)})
		select count(distinct found.id)::int as count from (${evidenceOf[kind]}) found`);
	return rows[0]?.count ?? 0;
}
