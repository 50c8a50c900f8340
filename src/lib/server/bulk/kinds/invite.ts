import { sql } from 'drizzle-orm';
import { invite } from '../../events/invite.ts';
import { removeParticipant } from '../../events/respond.ts';
import { allAtOnce, oneByOne, type HandlerOf } from '../handler.ts';
import { refusalsBy } from '../refusals.ts';

/** Puts people on the list of an event; taken back, they are taken off it. */
export const inviteToEvent: HandlerOf<'invite'> = {
	ability: 'event:edit',
	size: 500,
	ownToo: true,
	refusals: (ctx, ids, { eventId }) =>
		refusalsBy(ctx, ids, sql`left join people p on p.id = t.id`, [
			[sql`p.status is distinct from 'active'`, 'bulk.not-serving'],
			[
				sql`exists (select 1 from event_participants i where i.event_id = ${eventId} and i.person_id = p.id and i.state <> 'removed')`,
				'bulk.invited-already'
			]
		]),
	act: (ctx, rows, { eventId }) =>
		allAtOnce(ctx, rows, async (ctx, personIds) => {
			await invite(ctx, { eventId, personIds });
		}),
	undo: (ctx, rows, { eventId }) =>
		oneByOne(ctx, rows, (ctx, { personId }) => removeParticipant(ctx, { eventId, personId }))
};
