import * as schemas from '#lib/schemas/reminders.ts';
import { demandEverywhere } from '#lib/server/access/scope.ts';
import { writeLines } from '#lib/server/notifications/calendar-lines.ts';
import { listCalendarDays } from '#lib/server/notifications/read-working-days.ts';
import { setWorkingDays } from '#lib/server/notifications/set-working-days.ts';
import { yearOf } from '#lib/server/platform/dates.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
	demandEverywhere(ctx, 'reminder:edit');
	const now = yearOf(ctx.now);
	const years = [now - 1, now, now + 1];
	const asked = Number(url.searchParams.get('year'));
	const year = years.includes(asked) ? asked : now;
	const days = await listCalendarDays(ctx, year);
	const lines = (worked: boolean) => writeLines(days.filter((day) => day.worked === worked));
	return { year, years, entered: days.length > 0, off: lines(false), worked: lines(true) };
};

export const actions = {
	default: formAction(
		schemas.workingDays,
		async (ctx, input) => {
			await setWorkingDays(ctx, input);
			return input.year;
		},
		(year, { cookies, url }) => {
			setFlash(cookies, { text: m.workdays_flash({ year }) });
			return `${url.pathname}?year=${year}`;
		}
	)
} satisfies Actions;
