import { eq, sql } from 'drizzle-orm';
import { digests, mailRefusals } from '#db/schema/notifications.ts';
import type { Locale } from '#lib/paraglide/runtime.js';
import type { Context } from '../platform/context.ts';

/** A digest about to be mailed, and to whom. */
export type MailedDigest = {
	id: string;
	personId: string;
	mail: string;
	name: string;
	/** On the roster now; null where there is none. */
	address: string | null;
	language: Locale;
	/** Quiet hours of their own. */
	quiet: { from: string; until: string } | null;
	serves: boolean;
	wants: boolean;
};

/** Takes a digest for mailing; undefined where there is none. */
export async function lockDigest({ db }: Context, id: string): Promise<MailedDigest | undefined> {
	const { rows } = await db.execute<MailedDigest>(sql`
		select d.id, d.person_id as "personId", d.mail, p.name, p.email::text as address, coalesce(c.language, 'zh-CN') as language,
			case when c.quiet_from is not null then json_build_object('from', to_char(c.quiet_from, 'HH24:MI'), 'until', to_char(c.quiet_until, 'HH24:MI')) end as quiet,
			p.status = 'active' as serves, coalesce(c.mail, true) as wants
		from ${digests} d join people p on p.id = d.person_id left join notification_choices c on c.person_id = d.person_id
		where d.id = ${id} for update of d`);
	return rows[0];
}

/** Whether mail is still wanted, by somebody who still serves. */
export const canMailTo = ({ serves, wants }: MailedDigest): boolean => serves && wants;

/** What became of the mail. An address that was refused gets none until it is another one; one that took it is good. */
export async function settleMail(
	{ db, now }: Context,
	{ id, personId, address }: MailedDigest,
	mail: 'sent' | 'dropped' | 'refused',
	answer = ''
): Promise<void> {
	await db
		.update(digests)
		.set({ mail, mailedAt: mail === 'sent' ? now : null })
		.where(eq(digests.id, id));
	if (mail === 'sent') await db.delete(mailRefusals).where(eq(mailRefusals.personId, personId));
	if (mail !== 'refused' || !address) return;
	const refusal = { address, answer, at: now };
	await db
		.insert(mailRefusals)
		.values({ personId, ...refusal })
		.onConflictDoUpdate({ target: mailRefusals.personId, set: refusal });
}
