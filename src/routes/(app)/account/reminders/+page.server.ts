import * as schemas from '#lib/schemas/reminders.ts';
import { getChoices, getMailAddress, setChoices } from '#lib/server/notifications/choices.ts';
import type { SignedIn } from '#lib/server/platform/context.ts';
import { canMail } from '#lib/server/platform/mail.ts';
import { getReminderSettings } from '#lib/server/programmes/reminders/settings.ts';
import { setFlash } from '#lib/server/web/flash.ts';
import { formAction } from '#lib/server/web/form-action.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const ctx = locals.ctx as SignedIn;
	const { personId } = ctx.actor;
	const [choices, mail, settings] = await Promise.all([
		getChoices(ctx, personId),
		getMailAddress(ctx, personId),
		getReminderSettings(ctx)
	]);
	return { choices, mail, settings, sendsMail: canMail() };
};

export const actions = {
	default: formAction(schemas.reminderChoices, setChoices, (_, { cookies, url }) => {
		setFlash(cookies, { text: m.reminders_own_flash() });
		return url.pathname;
	})
} satisfies Actions;
