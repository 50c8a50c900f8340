import nodemailer from 'nodemailer';
import { env } from './env.ts';

export type Mail = {
	to: string;
	subject: string;
	text: string;
	/** The same for the same mail, however often it is tried: a server that has it already need not deliver it again. */
	id?: string;
	/** Where the reader may say that they want no more of the kind. */
	unsubscribe?: string;
};

/** Whether this instance can send mail at all. Without it, links are handed out as slips. */
export const canMail = (): boolean => env.MINGFA_SMTP_URL !== undefined;

/** Sends one plain-text mail. @throws where the mail server does not take it */
export async function sendMail({ to, subject, text, id, unsubscribe }: Mail): Promise<void> {
	if (!env.MINGFA_SMTP_URL) throw new Error('There is no mail server: MINGFA_SMTP_URL is not set.');

	const host = env.ORIGIN ? new URL(env.ORIGIN).hostname : 'mingfa';
	const transport = nodemailer.createTransport({
		url: env.MINGFA_SMTP_URL,
		connectionTimeout: 10_000,
		socketTimeout: 20_000
	});
	try {
		await transport.sendMail({
			from: env.MINGFA_MAIL_FROM,
			to,
			subject,
			text,
			...(id ? { messageId: `<${id}@${host}>` } : {}),
			...(unsubscribe
				? { headers: { 'List-Unsubscribe': `<${unsubscribe}>`, 'Auto-Submitted': 'auto-generated' } }
				: {}),
			disableFileAccess: true,
			disableUrlAccess: true
		});
	} finally {
		transport.close();
	}
}

/** What a mail server said where it will never take mail for an address (a 5xx answer to it); undefined where trying again may help. */
export function refusalOfAddress(error: unknown): string | undefined {
	const { responseCode, command, response } = error as { responseCode?: number; command?: string; response?: string };
	const isForGood = responseCode !== undefined && responseCode >= 500 && command === 'RCPT TO';
	return isForGood ? (response ?? String(responseCode)).slice(0, 300) : undefined;
}
