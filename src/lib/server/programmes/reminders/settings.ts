import type * as v from 'valibot';
import { reminderSettings } from '#db/schema/reminders.ts';
import type * as schemas from '#lib/schemas/reminders.ts';
import { demandEverywhere } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { reconsiderDigests } from '../../notifications/open-digests.ts';
import type { Quiet } from '../../notifications/quiet-hours.ts';
import type { WorkingDays } from '../../notifications/working-days.ts';
import { atomically, type Context, type SignedIn } from '../../platform/context.ts';

export type ReminderSettings = v.InferOutput<typeof schemas.reminderSettings>;

/** What holds until somebody changes it. */
export const byDefault: ReminderSettings = {
	active: true,
	daysBefore: [30, 7, 1],
	overdueEvery: 7,
	liaisonWeeks: 2,
	hrWeeks: 4,
	quietFrom: '20:00',
	quietUntil: '08:00',
	weekends: false
};

/** How the office reminds. */
export async function getReminderSettings({ db }: Context): Promise<ReminderSettings> {
	const [row] = await db.select().from(reminderSettings);
	if (!row) return byDefault;
	const { id: _, changedBy: __, changedAt: ___, ...settings } = row;
	return { ...settings, quietFrom: settings.quietFrom.slice(0, 5), quietUntil: settings.quietUntil.slice(0, 5) };
}

/** The quiet hours of the office. */
export const quietOf = ({ quietFrom, quietUntil, weekends }: ReminderSettings, days: WorkingDays): Quiet => ({
	from: quietFrom,
	until: quietUntil,
	weekends,
	days
});

/** Changes how everybody is reminded, from now on. @throws forbidden access.forbidden */
export function setReminderSettings(ctx: SignedIn, settings: ReminderSettings): Promise<void> {
	return atomically(ctx, async (ctx) => {
		demandEverywhere(ctx, 'reminder:edit');
		const row = { ...settings, changedBy: ctx.actor.personId, changedAt: ctx.now };
		await ctx.db.insert(reminderSettings).values(row).onConflictDoUpdate({ target: reminderSettings.id, set: row });
		await reconsiderDigests(ctx);
		await record(ctx, 'reminders.set', ctx.actor.personId, settings);
	});
}
