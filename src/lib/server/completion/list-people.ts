import { type SQL, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { PeopleView, PersonState } from '#lib/schemas/completion.ts';
import type { Context } from '../platform/context.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';
import { getUnit } from '../units/queries.ts';
import { lastSoonDay, type Period } from './queries.ts';

/** Somebody behind a figure: their state in the unit where it counts, and the earliest date still open for them there. */
export type PersonBehind = {
	/** One person in one unit: whoever was transferred may count in two. */
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	title: string;
	unitName: string;
	state: PersonState;
	openDueOn: string | null;
	/** Duties of that unit and year that count, and how many of them are completed. */
	duties: number;
	completed: number;
};

/** `own` leaves out what stands below the unit. */
export type PeopleFilter = Period & { state?: PeopleView | null; own?: boolean; q?: string };

const byName = { key: sql`p.name collate "zh-x-icu"`, id: sql`c.id`, type: 'text' as const };

/**
 * The people behind a figure of the overview, by name; as many as the figure says, because both rest on `completion_by_person`.
 * @throws not-found unit.not-found
 */
export async function listPeopleBehind(
	ctx: Context,
	unitId: string,
	filter: PeopleFilter,
	asked: Asked & { size?: number } = {}
): Promise<Page<PersonBehind>> {
	const unit = await getUnit(ctx, unitId, 'completion:people');
	const { year, courseId = null } = filter;
	const today = dateOf(ctx.now);
	const scope = filter.own
		? sql`select ${unit.id}::uuid`
		: sql`select id from ${units} where path <@ ${unit.path}::ltree`;

	return readPage<PersonBehind>(asked, {
		size: asked.size ?? 50,
		keyOf: ({ name, id }) => [name, id],
		async read(turn) {
			const { where, rest } = turned(byName, turn);
			const { rows } = await ctx.db.execute<PersonBehind>(sql`
				with listed as (
					select c.*, p.name, p.staff_number, p.title
					from (
						select md5(person_id::text || unit_id::text)::uuid as id, person_id, unit_id, open_due_on,
							case when exempt then 'exempt' when open_due_on is null then 'completed' when open_due_on < ${today} then 'overdue' when started then 'in-progress' else 'not-started' end as state
						from completion_by_person
						where unit_id = any(array(${scope})) and year = ${year} and ${courseId ? sql`course_id = ${courseId}::uuid` : sql`course_id is null`}
					) c join ${people} p on p.id = c.person_id
					where ${narrowed(filter, today)} and ${where} ${rest}
				)
				select l.id, l.person_id as "personId", l.name, l.staff_number as "staffNumber", l.title, u.name as "unitName", l.state, l.open_due_on::text as "openDueOn",
					duties.duties::int as duties, duties.completed::int as completed
				from listed l join ${units} u on u.id = l.unit_id
				cross join lateral (
					select count(*) as duties, count(o.completed_at) as completed from obligations o
					where o.person_id = l.person_id and o.unit_id = l.unit_id and o.withdrawn_at is null and o.exempt_at is null and extract(year from o.due_on) = ${year}
						and (${courseId}::uuid is null or o.course_id = ${courseId}::uuid)
				) duties
				order by l.name collate "zh-x-icu" ${sql.raw(turn.backwards ? 'desc' : 'asc')}, l.id ${sql.raw(turn.backwards ? 'desc' : 'asc')}`);
			return rows;
		}
	});
}

/** The same list whole, a batch at a time: what an export writes. */
export async function* eachPersonBehind(
	ctx: Context,
	unitId: string,
	filter: PeopleFilter
): AsyncGenerator<PersonBehind> {
	for (let after: string | null = null, first = true; first || after; first = false) {
		const page: Page<PersonBehind> = await listPeopleBehind(ctx, unitId, filter, { after, size: 2_000 });
		yield* page.rows;
		after = page.next;
	}
}

function narrowed({ state, q = '' }: PeopleFilter, today: CalendarDate): SQL {
	const hit = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
	const inState =
		state === 'soon'
			? sql`c.open_due_on between ${today} and ${lastSoonDay(today)}`
			: state
				? sql`c.state = ${state}`
				: sql`c.state <> 'exempt'`;
	return sql`${inState} and ${q ? sql`(p.name || ' ' || p.pinyin || ' ' || p.initials || ' ' || p.staff_number::text) ilike ${hit}` : sql`true`}`;
}
