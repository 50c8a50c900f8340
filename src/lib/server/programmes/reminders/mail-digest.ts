import { canMailTo, lockDigest, settleMail } from '../../notifications/digest-mail.ts';
import { readWorkingDays } from '../../notifications/read-working-days.ts';
import { isQuiet, nextAwake } from '../../notifications/quiet-hours.ts';
import { listUnreadIn } from '../../notifications/take-digests.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { env } from '../../platform/env.ts';
import { refusalOfAddress, sendMail } from '../../platform/mail.ts';
import { inLanguage } from '../../platform/speaking.ts';
import { listDigestItems } from './digest-items.ts';
import { writeDigest } from './digest-text.ts';
import { getReminderSettings, quietOf } from './settings.ts';

/**
 * Mails one digest. Where the server does not take it now, the queue tries again, and what is done or read by then is left out;
 * never in quiet hours. Once it is sent it is not sent again; a mail that went out in the very moment of a crash bears the same name
 * as its repetition. @throws what the mail server says, where trying again may help
 */
export async function mailDigest(ctx: Context, digestId: string): Promise<void> {
	await atomically(ctx, async (ctx) => {
		const digest = await lockDigest(ctx, digestId);
		if (digest?.mail !== 'waiting') return;
		const quiet = { ...quietOf(await getReminderSettings(ctx), await readWorkingDays(ctx)), ...digest.quiet };
		if (isQuiet(ctx.now, quiet)) {
			return enqueue(
				ctx,
				'programmes.mail-digest',
				{ digestId },
				{ key: `programmes.mail-digest ${digestId} later`, runAt: nextAwake(ctx.now, quiet) }
			);
		}

		const items = (await listDigestItems(ctx, [digestId])).get(digestId) ?? [];
		const notices = await listUnreadIn(ctx, [digestId]);
		const { address, name, language } = digest;
		if (!address || !canMailTo(digest) || items.length + notices.length === 0)
			return settleMail(ctx, digest, 'dropped');

		const text = inLanguage(language, () => writeDigest({ name, items, notices }));
		const refused = await sendMail({
			to: address,
			...text,
			id: digestId,
			unsubscribe: `${env.ORIGIN}/account/reminders`
		})
			.then(() => undefined)
			.catch((error: unknown) => {
				const answer = refusalOfAddress(error);
				if (answer === undefined) throw error;
				return answer;
			});
		await settleMail(ctx, digest, refused === undefined ? 'sent' : 'refused', refused);
	});
}
