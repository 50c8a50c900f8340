import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { eventParticipants } from '#db/schema/events.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { within } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { readStaffNumbers, type RefusedRow } from '../exams/read-staff-numbers.ts';
import { demandPeople } from '../people/list-people.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { idList } from '../platform/id-list.ts';
import { getUnit } from '../units/queries.ts';
import { tellInvited } from './open-event.ts';
import { type Event, lockEvent } from './queries.ts';
import { sendToExam } from './send-to-exam.ts';

export interface Invited {
	added: number;
	/** Rows of the pasted list that name nobody who can be invited. */
	refused: RefusedRow[];
}

type Input = Pick<v.InferOutput<typeof schemas.invite>, 'eventId' | 'personIds'> &
	Partial<v.InferOutput<typeof schemas.invite>>;

/**
 * Puts people on the list of an event: those named, those of units narrowed to ranks and levels, and a pasted list. While it is
 * planned nobody is told; once open they are. Whoever is entered after it was held turned up without being asked, and has come.
 * @throws conflict event.over, not-found event.not-found | unit.not-found | person.not-found
 */
export function invite(
	ctx: SignedIn,
	{ eventId, unitIds = [], personIds, staffNumbers = '', ...narrowed }: Input
): Promise<Invited> {
	return atomically(ctx, async (ctx) => {
		const event = await lockEvent(ctx, eventId);
		if (event.state === 'closed' || event.state === 'cancelled') throw conflict('event.over');
		for (const unitId of unitIds) await getUnit(ctx, unitId, 'event:edit');
		if (personIds.length > 0) await demandPeople(ctx, personIds, 'event:edit');

		const listed = await readStaffNumbers(ctx, staffNumbers, 'event:edit');
		const ids = [...personIds, ...listed.people.map(({ personId }) => personId)];
		const added = await enter(ctx, event, meant(ctx, { ids, unitIds, ...narrowed }));
		if (event.state === 'open') await tellInvited(ctx, event, added);
		await sendToExam(ctx, event);
		if (added.length > 0) await record(ctx, 'event.invited', eventId, { people: added.length, units: unitIds });
		return { added: added.length, refused: listed.refused };
	});
}

type Meant = { ids: string[]; unitIds: string[]; subtree?: boolean; ranks?: string[]; levels?: string[] };

/** Everybody in service and within reach who is named one by one or by unit: ids as an SQL relation. */
const meant = ({ actor }: SignedIn, { ids, unitIds, subtree = true, ranks = [], levels = [] }: Meant): SQL => sql`
	select ${people.id} as person_id from ${people} join ${units} on ${units.id} = ${people.unitId}
	where ${people.status} = 'active' and ${within(actor, 'event:edit', units.path)} and (
		${people.id} in ${idList(ids)}
		or (exists (
				select 1 from units named where named.id in ${idList(unitIds)}
					and (named.id = ${units.id} or (${subtree} and named.path @> ${units.path})))
			and (${ranks.length + levels.length === 0} or ${people.rank}::text = any(${sql.param(ranks)}::text[])
				or ${people.leadershipLevel}::text = any(${sql.param(levels)}::text[]))))`;

/** Enters people in the caller's transaction; who was taken off the list before is put back. @returns who is new on it */
async function enter({ db, now }: SignedIn, event: Event, meant: SQL): Promise<string[]> {
	const state = event.state === 'held' ? 'coming' : 'invited';
	const { rows } = await db.execute<{ person_id: string }>(sql`
		insert into ${eventParticipants} (event_id, person_id, state, joined_at)
		select ${event.id}, meant.person_id, ${state}, ${now} from (${meant}) meant order by meant.person_id
		on conflict (event_id, person_id) do update set state = excluded.state, joined_at = excluded.joined_at, declined_because = null
			where event_participants.state = 'removed'
		returning person_id`);
	return rows.map((row) => row.person_id);
}
