import { type SQL, sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { addDays, type CalendarDate, dateOf } from '../../platform/dates.ts';
import { type Asked, type Page, readPage, turned } from '../../platform/keyset.ts';
import { getUnit } from '../../units/queries.ts';
import { isLive } from '../obligation-state.ts';

/** A year and more ago nobody chases: whoever keeps the list knows of it. */
const longest = 364;

/** People by unit with duties that have been overdue for so many weeks: unit_id, person_id, duties, since. */
export const lateSince = (today: CalendarDate, weeks: number): SQL => sql`
	select o.unit_id, o.person_id, count(*) as duties, min(o.due_on) as since
	from obligations o join people p on p.id = o.person_id and p.status = 'active'
	where o.due_on between ${addDays(today, -longest)}::date and ${addDays(today, -7 * weeks)}::date and ${isLive(sql`o`)}
		and (o.expires_on is null or o.expires_on >= ${today}::date) and o.unit_id is not null
	group by o.unit_id, o.person_id`;

/** Whether a row `g` of grants holds a role on a day. */
export const holds = (role: 'liaison' | 'hr', today: CalendarDate): SQL =>
	sql`g.role = ${role} and g.starts_on <= ${today} and g.revoked_at is null and (g.ends_on is null or g.ends_on > ${today})`;

export type LatePerson = {
	/** One person in one unit: whoever was transferred may owe in two. */
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	unit: string;
	duties: number;
	since: CalendarDate;
};

/**
 * The people whom the weekly notice to those who look after a unit counts, by name: units below for which somebody nearer holds the
 * same role are theirs. Whoever has done it since is no longer there. @throws not-found unit.not-found
 */
export async function listLate(
	ctx: Context,
	unitId: string,
	{ role, weeks }: { role: 'liaison' | 'hr'; weeks: number },
	asked: Asked = {}
) {
	const unit = await getUnit(ctx, unitId, 'completion:people');
	const today = dateOf(ctx.now);
	const id = sql`md5(late.person_id::text || late.unit_id::text)::uuid`;
	const order = { key: sql`p.name collate "zh-x-icu"`, id, type: 'text' as const };
	const page: Page<LatePerson> = await readPage<LatePerson>(asked, {
		size: 50,
		keyOf: ({ name, id }) => [name, id],
		read: async (turn) => {
			const { where, rest } = turned(order, turn);
			const { rows } = await ctx.db.execute<LatePerson>(sql`
				select ${id} as id, p.id as "personId", p.name, p.staff_number::text as "staffNumber", u.name as unit, late.duties::int as duties, late.since::text as since
				from (${lateSince(today, weeks)}) late join people p on p.id = late.person_id join units u on u.id = late.unit_id
				where u.path <@ ${unit.path}::ltree and ${where} and not exists (
					select 1 from grants g join units over on over.id = g.unit_id join people h on h.id = g.person_id and h.status = 'active'
					where ${holds(role, today)} and u.path <@ over.path and nlevel(over.path) > nlevel(${unit.path}::ltree))
				${rest}`);
			return rows;
		}
	});
	return { unit: { id: unit.id, name: unit.name, path: unit.path }, page };
}
