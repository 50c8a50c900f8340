import * as schemas from '#lib/schemas/reminders.ts';
import { demandEverywhere } from '#lib/server/access/scope.ts';
import { countRefusals } from '#lib/server/notifications/choices.ts';
import { canMail } from '#lib/server/platform/mail.ts';
import { getReminderSettings, setReminderSettings } from '#lib/server/programmes/reminders/settings.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
	demandEverywhere(ctx, 'reminder:edit');
	const [settings, refused] = await Promise.all([getReminderSettings(ctx), countRefusals(ctx)]);
	return { settings, refused, sendsMail: canMail() };
};

export const actions = {
	default: formAction(schemas.reminderSettings, setReminderSettings, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.reminders_settings_flash() });
		return url.pathname;
	})
} satisfies Actions;
