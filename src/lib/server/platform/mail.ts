import nodemailer from 'nodemailer';
import { env } from './env.ts';

export type Mail = { to: string; subject: string; text: string };

/** Whether this instance can send mail at all. Without it, links are handed out as slips. */
export const canMail = (): boolean => env.MINGFA_SMTP_URL !== undefined;

/** Sends one plain-text mail. @throws where the mail server does not take it */
export async function sendMail({ to, subject, text }: Mail): Promise<void> {
	if (!env.MINGFA_SMTP_URL) throw new Error('There is no mail server: MINGFA_SMTP_URL is not set.');

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
			disableFileAccess: true,
			disableUrlAccess: true
		});
	} finally {
		transport.close();
	}
}
