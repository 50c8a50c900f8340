import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { noteBounce } from '#lib/server/notifications/note-bounce.ts';
import { say } from './command.ts';
import { withDatabase } from './database.ts';

export const summary = 'Note from a returned mail that a mailbox takes none';
export const usage = `Usage: mingfa bounce < MESSAGE

Reads one report of non-delivery (RFC 3464) as it came back to MINGFA_MAIL_FROM; a mail server pipes it in. The mailbox gets
no more digests until the roster has another address for its owner. Anything else is passed over.

Works on DATABASE_URL, or on the private database in MINGFA_DATA.`;

/** Runs `mingfa bounce`. Gives the exit code: 0 also where there was nothing to note, so that the mail server is content. */
export async function run(argv: string[]): Promise<number> {
	parseArgs({ args: argv, options: {} });
	const message = await text(process.stdin);
	const noted = await withDatabase((ctx) => noteBounce(ctx, message));
	say(noted === 0 ? 'Nothing to note.' : `Noted ${noted} mailbox${noted === 1 ? '' : 'es'}.`);
	return 0;
}
