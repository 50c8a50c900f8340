import { type DigestItem, digestWords, itemWords, standingOf } from '#lib/components/notifications/digest-words.ts';
import { wordsOf } from '#lib/components/notifications/notification-words.ts';
import { m } from '#lib/paraglide/messages.js';
import type { DigestNotice } from '../../notifications/take-digests.ts';
import { env } from '../../platform/env.ts';

type Digest = { name: string; items: DigestItem[]; notices: DigestNotice[] };

const groups = [
	['overdue', m.reminders_mail_overdue],
	['soon', m.reminders_mail_soon],
	['new', m.reminders_mail_new]
] as const;

/** A digest as plain text, in the language that is spoken around it: what is late first, each thing with its address. */
export function writeDigest({ name, items, notices }: Digest): { subject: string; text: string } {
	const zone = env.MINGFA_TIMEZONE;
	const at = (href: string) => `  ${env.ORIGIN ?? ''}${href}`;
	const lines = [m.reminders_mail_greeting({ name }), ''];
	for (const [standing, heading] of groups) {
		const own = items.filter((item) => standingOf(item) === standing);
		if (own.length > 0)
			lines.push(heading(), ...own.flatMap((item) => [`· ${itemWords(item, zone)}`, at(item.href)]), '');
	}
	if (notices.length > 0) {
		lines.push(m.reminders_mail_notices());
		for (const notice of notices) lines.push(`· ${wordsOf(notice, zone)}`, at(notice.href));
		lines.push('');
	}
	lines.push('--', m.reminders_mail_today({ address: `${env.ORIGIN ?? ''}/today` }));
	lines.push(m.reminders_mail_why({ address: `${env.ORIGIN ?? ''}/account/reminders` }));

	const subject = items.length > 0 ? digestWords(items) : m.reminders_mail_subject({ count: notices.length });
	return { subject: m.reminders_mail_subject_of({ subject }), text: `${lines.join('\n')}\n` };
}
