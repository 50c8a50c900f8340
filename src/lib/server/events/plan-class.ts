import type * as v from 'valibot';
import type * as schemas from '#lib/schemas/events.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { addDays, dateOf } from '../platform/dates.ts';
import { invite } from './invite.ts';
import { planEvent } from './plan-event.ts';

/** Two half days, a fortnight ahead: what somebody who has only chosen people then changes. */
const ahead = 14;
const halves = { sessionFrom: ['09:00', '14:00'], sessionTo: ['12:00', '17:00'] };

/**
 * Plans a training class for people who are chosen already, such as those of a filtered list; date, place and content are filled
 * in next. Nobody is told before it is opened.
 * @returns id of the event
 * @throws not-found unit.not-found | person.not-found
 */
export function planClass(ctx: SignedIn, input: v.InferInput<typeof schemas.planClass>): Promise<string> {
	const { unitId, title, personIds = [], purpose = 'newly-promoted' } = input;
	return atomically(ctx, async (ctx) => {
		const day = addDays(dateOf(ctx.now), ahead);
		const eventId = await planEvent(ctx, {
			...{ unitId, title, purpose, kind: 'training-class', content: '', lecturer: '', place: '' },
			...{ sessionDay: [day, day], ...halves, sessionTitle: [], sessionLecturer: [], sessionPlace: [] },
			...{ hours: 8, hourCategory: 'class', capacity: null, leaveLimit: 0.143, roomCode: false, examId: null },
			...{ articles: [], articleStatute: '', articleNumber: '' }
		});
		await invite(ctx, { eventId, personIds });
		return eventId;
	});
}
