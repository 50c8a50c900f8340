import * as schemas from '#lib/schemas/events.ts';
import { m } from '#lib/paraglide/messages.js';
import { demand } from '#lib/server/access/scope.ts';
import { planEvent } from '#lib/server/events/plan-event.ts';
import { planChoices } from '#lib/server/events/plan-values.ts';
import { addDays, dateOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { initialValues, unitChoicesFor } from '#lib/server/web/unit-choices.ts';
import type { Actions, PageServerLoad } from './$types';

/** Half a month to prepare, and half a day: what the form begins with. */
const [daysAhead, from, to] = [14, '09:00', '11:30'];

export const load: PageServerLoad = async ({ locals: { ctx }, url: { searchParams: query } }) => {
	demand(ctx, 'event:edit');
	const [units, choices] = await Promise.all([unitChoicesFor(ctx, query, 'unitId', 'event:edit'), planChoices(ctx)]);
	const plan = initialValues(query, {
		unitId: units.units[0]?.id ?? '',
		kind: 'lecture',
		purpose: 'general',
		title: '',
		place: '',
		lecturer: '',
		content: '',
		hours: '',
		capacity: ''
	});
	const sessions = { sessionDay: [addDays(dateOf(ctx.now), daysAhead)], sessionFrom: [from], sessionTo: [to] };
	return { units, ...choices, values: { ...plan, ...sessions } as Record<string, string | string[]> };
};

export const actions = {
	default: formAction(schemas.planEvent, planEvent, (id, { cookies }) => {
		setFlash(cookies, { text: m.events_planned_flash() });
		return `/manage/events/${id}/participants/add`;
	})
} satisfies Actions;
