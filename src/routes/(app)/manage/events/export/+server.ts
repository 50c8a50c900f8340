import * as v from 'valibot';
import { categoryWords, kindWords, stateWords } from '#lib/components/events/event-words.ts';
import { formatDate } from '#lib/format/dates.ts';
import { m } from '#lib/paraglide/messages.js';
import * as schemas from '#lib/schemas/events.ts';
import { demand } from '#lib/server/access/scope.ts';
import { type EventLine, everyEvent } from '#lib/server/events/list-events.ts';
import { dateOf } from '#lib/server/platform/dates.ts';
import { env } from '#lib/server/platform/env.ts';
import { xlsxResponse } from '#lib/server/web/xlsx-response.ts';
import type { RequestHandler } from './$types';

/** Exactly the events that the page lists, under the same filter and in the same order, all pages of it. */
export const GET: RequestHandler = ({ locals: { ctx }, url }) => {
	demand(ctx, 'event:view');
	const filter = v.parse(schemas.eventList, Object.fromEntries(url.searchParams));
	const instant = (at: string) => formatDate(at, 'instant', env.MINGFA_TIMEZONE);
	return xlsxResponse<EventLine>(ctx, `${m.events_events()}-${dateOf(ctx.now)}`, {
		title: m.events_events(),
		rows: everyEvent(ctx, filter),
		columns: [
			{ header: m.events_column_title(), width: 36, value: ({ title }) => title },
			{ header: m.events_kind(), value: ({ kind }) => kindWords[kind]() },
			{ header: m.events_column_state(), value: ({ state }) => stateWords[state]() },
			{ header: m.events_starts(), width: 18, value: ({ startsAt }) => instant(startsAt) },
			{ header: m.events_ends(), width: 18, value: ({ endsAt }) => instant(endsAt) },
			{ header: m.events_column_sessions(), value: ({ sessions }) => sessions },
			{ header: m.events_place(), width: 20, value: ({ place }) => place },
			{ header: m.events_lecturer(), width: 20, value: ({ lecturer }) => lecturer },
			{ header: m.events_column_hours(), value: ({ hours }) => hours },
			{ header: m.events_category(), value: ({ hourCategory }) => categoryWords[hourCategory]() },
			{ header: m.events_capacity(), value: ({ capacity }) => capacity },
			{ header: m.events_standing_coming(), value: ({ coming }) => coming },
			{ header: m.events_standing_waiting(), value: ({ waiting }) => waiting },
			{ header: m.events_outcome_attended(), value: ({ attended, state }) => (state === 'closed' ? attended : null) },
			{ header: m.events_column_unit(), width: 28, value: ({ unit }) => unit }
		]
	});
};
