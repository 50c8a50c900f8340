import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { accounts, passwordLinks } from '#db/schema/sessions.ts';
import { m } from '#lib/paraglide/messages.js';
import { atomically, type Context } from '../platform/context.ts';
import { env } from '../platform/env.ts';
import { sendMail } from '../platform/mail.ts';
import { replaceLinks } from './replace-links.ts';

const languages = ['zh-CN', 'en'] as const;
const pause = 5 * 60_000;

/**
 * Mails a link with which a forgotten password is replaced: at most one in five minutes, so that nobody's mailbox can be
 * filled. Nobody (null) gets none. The mail speaks both languages, because nobody knows yet who reads it.
 */
export async function mailLink(ctx: Context, personId: string | null): Promise<void> {
	const holder = personId === null ? undefined : await findHolder(ctx, personId);
	if (!personId || !holder?.email || (await wasMailedLately(ctx, personId))) return;

	const { name, email: to } = holder;
	// In one transaction with the sending: a link that was not sent replaces nothing.
	await atomically(ctx, async (ctx) => {
		const [link] = await replaceLinks(ctx, [personId], 'mail');
		const address = `${env.ORIGIN}/password/${link?.secret}`;
		const text = languages.map((locale) => m.sessions_mail_text({ name, address }, { locale })).join('\n\n');
		const subject = languages.map((locale) => m.sessions_mail_subject({}, { locale })).join(' · ');
		await sendMail({ to, subject, text: `${text}\n` });
	});
}

async function findHolder({ db }: Context, personId: string) {
	const [holder] = await db
		.select({ name: people.name, email: people.email })
		.from(accounts)
		.innerJoin(people, eq(people.id, accounts.personId))
		.where(and(eq(people.id, personId), isNull(accounts.disabledAt), ne(people.status, 'left')));
	return holder;
}

async function wasMailedLately({ db, now }: Context, personId: string): Promise<boolean> {
	const { id, medium, createdAt } = passwordLinks;
	const lately = new Date(now.getTime() - pause);
	const rows = await db
		.select({ id })
		.from(passwordLinks)
		.where(and(eq(passwordLinks.personId, personId), eq(medium, 'mail'), gt(createdAt, lately)));
	return rows.length > 0;
}
