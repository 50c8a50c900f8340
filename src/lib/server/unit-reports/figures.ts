import { type SQL, sql } from 'drizzle-orm';
import type { FrozenFigure } from '#db/schema/unit-reports.ts';
import { figureKeys, type FigureKey } from '#lib/schemas/unit-reports.ts';
import type { Context } from '../platform/context.ts';
import { env } from '../platform/env.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';

/** SQL: the calendar date of an instant in the office's zone. */
const day = (instant: SQL): SQL => sql`(${instant} at time zone ${env.MINGFA_TIMEZONE})::date`;
const inYear = (date: SQL, year: number): SQL => sql`extract(year from ${date}) = ${year}`;

/** Exams that were held in the year; make-up exams give those a second chance who are counted already. */
const candidates = (year: number, condition: SQL): SQL => sql`
	select c.person_id, c.unit_id, 1 as amount from exam_candidates c join exams e on e.id = c.exam_id
	where e.kind = 'exam' and e.state in ('published', 'released') and c.status = 'due' and ${inYear(day(sql`c.closes_at`), year)} and ${condition}`;

const attended = (year: number, kinds: string): SQL => sql`
	select p.person_id, p.unit_id, 1 as amount from event_participants p join events e on e.id = p.event_id
	where e.state = 'closed' and p.outcome = 'attended' and e.kind in (${sql.raw(kinds)}) and ${inYear(day(sql`e.starts_at`), year)}`;

const cases = (year: number, condition: SQL): SQL => sql`
	select p.person_id, p.unit_id, 1 as amount from promotions p
	where p.cancelled_at is null and ${inYear(sql`p.due_on`, year)} and ${condition}`;

/**
 * What each figure counts, as a relation of people: who, in which unit, how much. The figure is its sum, and whoever opens the
 * figure sees its rows. Units are those that the facts themselves name, so that a transfer does not move the past.
 */
const relations: Record<FigureKey, (year: number) => SQL> = {
	peopleDue: (year) => sql`
		select person_id, unit_id, 1 as amount from completion_by_person where course_id is null and not exempt and year = ${year}`,
	peopleCompleted: (year) => sql`
		select person_id, unit_id, 1 as amount from completion_by_person
		where course_id is null and not exempt and open_due_on is null and year = ${year}`,
	examsDue: (year) => candidates(year, sql`true`),
	examsSat: (year) =>
		candidates(
			year,
			sql`exists (select 1 from exam_attempts a where a.exam_id = c.exam_id and a.person_id = c.person_id and a.state in ('submitted', 'marked', 'released'))`
		),
	examsPassed: (year) => candidates(year, sql`e.state = 'released' and c.outcome = 'passed'`),
	hours: (year) => sql`select person_id, unit_id, hours as amount from hour_entries where year = ${year}`,
	classes: (year) => attended(year, `'lecture', 'training-class'`),
	collectiveStudy: (year) => attended(year, `'collective-study', 'pre-meeting-study'`),
	promoted: (year) => cases(year, sql`true`),
	promotedOnTime: (year) => cases(year, sql`p.completed_at is not null and ${day(sql`p.completed_at`)} <= p.due_on`)
};

/** The platform's figures of a unit with everything below it, as they stand now. @param href where the people behind a figure are listed */
export async function readFigures(
	{ db, now }: Context,
	{ unitPath, year, href }: { unitPath: string; year: number; href: string }
): Promise<FrozenFigure[]> {
	const counts = figureKeys.map(
		(key) => sql`
			select ${key}::text as key, coalesce(sum(f.amount), 0)::float8 as value
			from (${relations[key](year)}) f join units u on u.id = f.unit_id where u.path <@ ${unitPath}::ltree`
	);
	const { rows } = await db.execute<{ key: FigureKey; value: number }>(sql.join(counts, sql` union all `));
	const values = new Map(rows.map(({ key, value }) => [key, value]));
	return figureKeys.map((key) => ({
		...{ key, source: 'platform', value: values.get(key) ?? 0 },
		...{ asOf: now.toISOString(), href: `${href}/${key}` }
	}));
}

export type PersonCounted = {
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	unit: string;
	amount: number;
};

const byName = { key: sql`name collate "zh-x-icu"`, id: sql`id`, type: 'text' as const };

/** The people behind one of the platform's figures, by name: as they stand now. */
export function listPeopleCounted(
	{ db }: Context,
	{ unitPath, year, key }: { unitPath: string; year: number; key: FigureKey },
	asked: Asked
): Promise<Page<PersonCounted>> {
	return readPage<PersonCounted>(asked, {
		size: 50,
		keyOf: ({ name, id }) => [name, id],
		async read(turn) {
			const { where, rest } = turned(byName, turn);
			const { rows } = await db.execute<PersonCounted>(sql`
				select * from (
					select md5(f.person_id::text || f.unit_id::text)::uuid as id, f.person_id as "personId", p.name, p.staff_number as "staffNumber",
						u.name as unit, sum(f.amount)::float8 as amount
					from (${relations[key](year)}) f join units u on u.id = f.unit_id join people p on p.id = f.person_id
					where u.path <@ ${unitPath}::ltree
					group by f.person_id, f.unit_id, p.name, p.staff_number, u.name
					having sum(f.amount) <> 0
				) counted where ${where} ${rest}`);
			return rows;
		}
	});
}
