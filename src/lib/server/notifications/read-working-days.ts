import { asc, sql } from 'drizzle-orm';
import { calendarDays } from '#db/schema/notifications.ts';
import type { Context } from '../platform/context.ts';
import { type CalendarDate, yearOf } from '../platform/dates.ts';
import { type WorkingDays, workingDaysOf } from './working-days.ts';

export type CalendarDay = { on: CalendarDate; worked: boolean; name: string | null };

/** The working days of this year and its neighbours: a few rows. */
export async function readWorkingDays(ctx: Context): Promise<WorkingDays> {
	const year = yearOf(ctx.now);
	return workingDaysOf(await listCalendarDays(ctx, year - 1, year + 2));
}

/** Days of some years that differ from Monday to Friday, in their order. */
export function listCalendarDays({ db }: Context, from: number, to = from): Promise<CalendarDay[]> {
	return db
		.select({ on: calendarDays.on, worked: calendarDays.worked, name: calendarDays.name })
		.from(calendarDays)
		.where(sql`${calendarDays.on} between ${`${from}-01-01`}::date and ${`${to}-12-31`}::date`)
		.orderBy(asc(calendarDays.on));
}
