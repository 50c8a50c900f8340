import { type SQL, sql } from 'drizzle-orm';
import { hourEntries, hourTargets } from '#db/schema/hours.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../platform/context.ts';
import { yearOf } from '../platform/dates.ts';
import { countsAsSql } from './counts-as.ts';
import { gradeIn } from './grade-of.ts';

/**
 * `targetsOf` and `standingOf` for whole lists: joins to a row of `people` with its unit in `units` the relations `held` (post at
 * the end of the year, or today's) and `standing` (`standings` as JSON, `missing` the most that is missing from one of them,
 * `hours` those of the year).
 */
export const standingJoins = (ctx: Context, year: number): SQL => sql`
	cross join lateral (${year < yearOf(ctx.now) ? heldThen(year) : heldNow}) held
	cross join lateral (
		select coalesce(max(t.missing), 0)::float8 as missing,
			coalesce(jsonb_agg(jsonb_build_object('targetId', t.id, 'name', t.name, 'years', t.years, 'category', t.category, 'since', t.since, 'until', t.since + t.years - 1, 'have', t.have, 'due', t.due, 'missing', t.missing) order by t.years desc, t.category nulls first, t.hours desc, t.id), '[]') as standings
		from (
			select s.*, greatest(0, s.due - s.have) as missing
			from (
				select t.*, round(t.hours * (t.years - greatest(0, coalesce(held.joined, t.since) - t.since)) / t.years, 1) as due,
					(select coalesce(sum(e.hours), 0) from ${hourEntries} e
						where e.person_id = people.id and e.year between t.since and ${year}
							and ${countsAsSql(sql`e`, sql`t.category`)}) as have
				from (select t.*, t.valid_from + (${year}::int - t.valid_from) / t.years * t.years as since from ${hourTargets} t) t
				where t.valid_from <= ${year} and ${year} <= coalesce(t.valid_until, ${year}) and coalesce(held.joined, ${year}) <= ${year}
					and (t.grades = '{}' or held.grade = any(t.grades))
					and (t.establishments = '{}' or people.establishment::text = any(t.establishments))
					and (t.words = '{}' or exists (select 1 from unnest(t.words) word where strpos(held.title, word) > 0 or strpos(held.unit_name, word) > 0))
			) s
		) t
	) standing
	cross join lateral (select coalesce(sum(e.hours), 0)::float8 as hours from ${hourEntries} e where e.person_id = people.id and e.year = ${year}) earned`;

const joined = sql`extract(year from ${people.joinedOn})::int as joined`;

const heldNow = sql`select ${gradeIn(sql`${people.leadershipLevel}`, sql`${people.rank}`)} as grade, ${people.title} as title,
	coalesce(${units.name}, '') as unit_name, ${joined}`;

/** The primary post on the last day of the year; whoever held none that day is judged by what they hold today. */
const heldThen = (year: number): SQL => sql`
	select ${gradeIn(sql`case when p.id is null then ${people.leadershipLevel} else p.leadership_level end`, sql`case when p.id is null then ${people.rank} else p.rank end`)} as grade,
		coalesce(p.title, ${people.title}) as title, coalesce(p.unit_name, ${units.name}, '') as unit_name, ${joined}
	from (select 1) one
	left join (select posts.*, u.name as unit_name from posts join units u on u.id = posts.unit_id) p
		on p.person_id = ${people.id} and p.primary and p.starts_on <= ${`${year}-12-31`} and (p.ends_on is null or p.ends_on > ${`${year}-12-31`})`;
