import { canEverywhere } from '#lib/server/access/scope.ts';
import { canMail } from '#lib/server/platform/mail.ts';
import { getReminderSettings } from '#lib/server/programmes/reminders/settings.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
	settings: await getReminderSettings(ctx),
	sendsMail: canMail(),
	mayEdit: canEverywhere(ctx.actor, 'reminder:edit')
});
