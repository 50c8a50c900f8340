import { sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { calendarDays } from '#db/schema/notifications.ts';
import type * as schemas from '#lib/schemas/reminders.ts';
import { demandEverywhere } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { readLines } from './calendar-lines.ts';
import { reconsiderDigests } from './open-digests.ts';

/**
 * Enters the holidays of a year and the weekends that are worked for them, in place of what was entered for it before.
 * @throws invalid workdays.line | workdays.other-year | workdays.twice at `off` | `worked`, forbidden access.forbidden
 */
export function setWorkingDays(
	ctx: SignedIn,
	{ year, off, worked }: v.InferOutput<typeof schemas.workingDays>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'reminder:edit');
		const days = [
			...readLines(off, year, { worked: false, field: 'off' }),
			...readLines(worked, year, { worked: true, field: 'worked' })
		];
		const twice = days.find(({ on }, index) => days.findIndex((other) => other.on === on) < index);
		if (twice) throw invalid('workdays.twice', { field: twice.worked ? 'worked' : 'off', values: { date: twice.on } });

		await ctx.db
			.delete(calendarDays)
			.where(sql`${calendarDays.on} between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date`);
		const entered = { setBy: ctx.actor.personId, setAt: ctx.now };
		if (days.length > 0) await ctx.db.insert(calendarDays).values(days.map((day) => ({ ...day, ...entered })));
		await reconsiderDigests(ctx);
		await record(ctx, 'workdays.set', ctx.actor.personId, { year, days: days.length });
	});
}
