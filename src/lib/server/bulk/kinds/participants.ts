import { sql } from 'drizzle-orm';
import { invite } from '../../events/invite.ts';
import { answerFor, removeParticipant } from '../../events/respond.ts';
import { allAtOnce, oneByOne, type HandlerOf } from '../handler.ts';
import { refusalsBy } from '../refusals.ts';

const participant = (eventId: string) =>
	sql`left join event_participants i on i.person_id = t.id and i.event_id = ${eventId}::uuid`;

/** Enters that people said they come; where no seat is left they wait. */
export const acceptInvitations: HandlerOf<'accept-invitation'> = {
	ability: 'event:edit',
	size: 50,
	ownToo: true,
	refusals: (ctx, ids, _, of) =>
		refusalsBy(ctx, ids, participant(of), [[sql`i.state in ('coming', 'waiting')`, 'bulk.accepted-already']]),
	act: (ctx, rows, _, { of }) =>
		oneByOne(ctx, rows, (ctx, { personId }) =>
			answerFor(ctx, { eventId: of, personId, answer: 'accept', because: null })
		)
};

/** Takes people off the list of an event; taken back, they are invited again. */
export const removeParticipants: HandlerOf<'remove-participant'> = {
	ability: 'event:edit',
	size: 50,
	ownToo: true,
	refusals: (ctx, ids, _, of) =>
		refusalsBy(ctx, ids, participant(of), [
			[
				sql`exists (select 1 from event_presences n join event_sessions s on s.id = n.session_id where s.event_id = i.event_id and n.person_id = i.person_id)`,
				'event.noted'
			]
		]),
	act: (ctx, rows, _, { of }) =>
		oneByOne(ctx, rows, (ctx, { personId }) => removeParticipant(ctx, { eventId: of, personId })),
	undo: (ctx, rows, _, { of }) =>
		allAtOnce(ctx, rows, async (ctx, personIds) => {
			await invite(ctx, { eventId: of, personIds });
		})
};
