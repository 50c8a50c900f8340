import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { eventParticipants, events, eventSessions } from '#db/schema/events.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { demand } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { startOfDay } from '../platform/dates.ts';
import { env } from '../platform/env.ts';
import { iso } from '../platform/iso.ts';
import { type Order, type Page, readPage, turned } from '../platform/keyset.ts';
import { type Event, reachable, visible } from './queries.ts';

export type EventLine = Pick<
	Event,
	'id' | 'title' | 'kind' | 'state' | 'place' | 'lecturer' | 'hours' | 'hourCategory' | 'capacity'
> & {
	unit: string;
	/** ISO text. */
	startsAt: string;
	endsAt: string;
	sessions: number;
	/** Participants within reach. */
	invited: number;
	coming: number;
	waiting: number;
	attended: number;
	/** Those who were to come, and whoever came all the same. */
	expected: number;
};

export type EventFilter = Partial<v.InferOutput<typeof schemas.eventList>>;

const size = 30;
const byStart: Order = { key: events.startsAt, id: events.id, type: 'timestamptz' };
const byTitle: Order = { key: sql`${events.title} collate "zh-x-icu"`, id: events.id, type: 'text' };
const orders: Record<NonNullable<EventFilter['sort']>, Order> = {
	starts: byStart,
	'-starts': { ...byStart, descending: true },
	title: byTitle,
	'-title': { ...byTitle, descending: true }
};

/** Events within reach, those that begin last first. @param q part of the title, the lecturer or the place */
export function listEvents(ctx: Context, filter: EventFilter = {}, pageSize = size): Promise<Page<EventLine>> {
	demand(ctx, 'event:view');
	const { sort = '-starts', after, before } = filter;
	const order = orders[sort];
	return readPage<EventLine & { key: string }>(
		{ after, before },
		{
			size: pageSize,
			keyOf: ({ key, id }) => [key, id],
			read: async (turn) => {
				const { where, rest } = turned(order, turn);
				const { rows } = await ctx.db.execute<EventLine & { key: string }>(sql`
					select ${events.id}, (${order.key})::text as key, ${events.title}, ${events.kind}, ${events.state}, ${events.place},
						${events.lecturer}, ${events.hours}::float8 as hours, ${events.hourCategory} as "hourCategory", ${events.capacity}, owner.name as unit,
						${iso(events.startsAt)} as "startsAt", ${iso(events.endsAt)} as "endsAt", counts.*,
						(select count(*)::int from ${eventSessions} s where s.event_id = ${events.id}) as sessions
					from ${events} join units owner on owner.id = ${events.unitId}
					cross join lateral (
						select count(*) filter (where ${eventParticipants.state} = 'invited')::int as invited,
							count(*) filter (where ${eventParticipants.state} = 'coming')::int as coming,
							count(*) filter (where ${eventParticipants.state} = 'waiting')::int as waiting,
							count(*) filter (where ${eventParticipants.outcome} = 'attended')::int as attended,
							count(*) filter (where ${eventParticipants.state} in ('invited', 'coming') or ${eventParticipants.outcome} = 'attended')::int as expected
						from ${eventParticipants} where ${eventParticipants.eventId} = ${events.id} and ${reachable(ctx)}) counts
					where ${visible(ctx)} and ${where} and ${chosen(filter)}
					${rest}`);
				return rows;
			}
		}
	);
}

/** Everything that a filter leaves, page after page: for exports. */
export async function* everyEvent(ctx: Context, filter: EventFilter): AsyncGenerator<EventLine> {
	for (let after: string | null = null, more = true; more;) {
		const page: Page<EventLine> = await listEvents(ctx, { ...filter, after, before: null }, 500);
		yield* page.rows;
		after = page.next;
		more = after !== null;
	}
}

function chosen({ q, kind, state, unit, year }: EventFilter): SQL {
	const parts: SQL[] = [sql`true`];
	const hit = `%${(q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
	if (q)
		parts.push(sql`(${events.title} ilike ${hit} or ${events.lecturer} ilike ${hit} or ${events.place} ilike ${hit})`);
	if (kind) parts.push(sql`${events.kind} = ${kind}`);
	if (state) parts.push(sql`${events.state} = ${state}`);
	if (unit) parts.push(sql`owner.path <@ (select path from units where id = ${unit})`);
	if (year)
		parts.push(
			sql`${events.startsAt} >= ${startOfDay(`${year}-01-01`)} and ${events.startsAt} < ${startOfDay(`${year + 1}-01-01`)}`
		);
	return sql.join(parts, sql` and `);
}

/** Years in which anything within reach takes place, the latest first. */
export async function listEventYears(ctx: Context): Promise<number[]> {
	const { rows } = await ctx.db.execute<{ year: number }>(sql`
		select distinct extract(year from ${events.startsAt} at time zone ${env.MINGFA_TIMEZONE})::int as year from ${events}
		where ${visible(ctx)} order by year desc`);
	return rows.map(({ year }) => year);
}
