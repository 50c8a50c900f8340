import { sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { assessmentResults } from '#db/schema/assessments.ts';
import { hourEntries } from '#db/schema/hours.ts';
import { masteryCheckQuestions, masteryChecks } from '#db/schema/courses.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/assessments.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { addDays, startOfDay } from '../platform/dates.ts';
import { env } from '../platform/env.ts';
import { newId } from '../platform/ids.ts';
import { getUnit } from '../units/queries.ts';
import { type Facts, propose } from './propose-rule.ts';
import { getScheme } from './scheme.ts';

type FactsRow = Facts & { personId: string; unitId: string };
const batch = 5_000;

/**
 * Proposes results for a year to everybody on active service in a unit and below, from what the records hold now. Proposals
 * are made anew as often as wanted; confirmed results stay as they are.
 * @returns how many people have a proposal
 */
export function proposeResults(
	ctx: Context,
	{ year, unitId }: v.InferOutput<typeof schemas.proposeResults>
): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const unit = await getUnit(ctx, unitId, 'result:confirm');
		const scheme = await getScheme(ctx, year);
		const proposals = (await readFacts(ctx, unit.path, year)).flatMap(({ personId, unitId, ...facts }) => {
			const proposal = propose(facts, scheme);
			return proposal ? [{ id: newId(), personId, unitId, year, ...proposal }] : [];
		});

		for (let from = 0; from < proposals.length; from += batch) {
			await ctx.db.execute(sql`
				insert into ${assessmentResults} (id, person_id, year, unit_id, proposed_band, score, components, scheme, proposed_at)
				select id, "personId", year, "unitId", band, score, components, ${JSON.stringify(scheme)}::jsonb, ${ctx.now}
				from json_to_recordset(${JSON.stringify(proposals.slice(from, from + batch))}::json)
					as proposal (id uuid, "personId" uuid, "unitId" uuid, year smallint, band assessment_band, score numeric, components jsonb)
				on conflict (person_id, year) do update set
					unit_id = excluded.unit_id, proposed_band = excluded.proposed_band, score = excluded.score,
					components = excluded.components, scheme = excluded.scheme, proposed_at = excluded.proposed_at
				where ${assessmentResults}.confirmed_at is null`);
		}
		await record(ctx, 'results.proposed', unit.id, { year, people: proposals.length });
		return proposals.length;
	});
}

/** What everybody in a subtree did in a year, in one query. */
async function readFacts({ db }: Context, path: string, year: number): Promise<FactsRow[]> {
	const [from, until] = [startOfDay(`${year}-01-01`), startOfDay(addDays(`${year}-12-31`, 1))];
	const { rows } = await db.execute<FactsRow>(sql`
		with persons as (
			select p.id, p.unit_id from ${people} p join ${units} u on u.id = p.unit_id
			where p.status = 'active' and u.path <@ ${path}::ltree
		), owed as (
			select person_id, count(distinct coalesce(course_id, id)) as required, count(distinct coalesce(course_id, id)) filter (where completed_at is not null) as completed,
				count(distinct coalesce(course_id, id)) filter (where (completed_at at time zone ${env.MINGFA_TIMEZONE})::date <= due_on) as on_time
			from ${obligations}
			where withdrawn_at is null and exempt_at is null and due_on between ${`${year}-01-01`} and ${`${year}-12-31`}
			group by person_id
		), tries as (
			select distinct on (person_id, lesson_id) id, person_id, correct
			from ${masteryChecks}
			where status <> 'open' and submitted_at >= ${from} and submitted_at < ${until}
			order by person_id, lesson_id, submitted_at desc
		), answered as (
			select t.person_id, sum(q.questions) as answered, sum(t.correct) as correct
			from tries t join (select check_id, count(*) as questions from ${masteryCheckQuestions} group by check_id) q on q.check_id = t.id
			group by t.person_id
		), earned as (
			select person_id, sum(hours) as hours from ${hourEntries} where year = ${year} group by person_id
		)
		select p.id as "personId", p.unit_id as "unitId",
			coalesce(o.required, 0)::int as "requiredCourses", coalesce(o.completed, 0)::int as "completedCourses", coalesce(o.on_time, 0)::int as "completedOnTime",
			coalesce(a.answered, 0)::int as "checksAnswered", coalesce(a.correct, 0)::int as "checksCorrect", coalesce(e.hours, 0)::float8 as hours
		from persons p
		left join owed o on o.person_id = p.id left join answered a on a.person_id = p.id left join earned e on e.person_id = p.id`);
	return rows;
}
