import { parseArgs } from 'node:util';
import { migrate } from '#db/migrate.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { env } from '#lib/server/platform/env.ts';
import { DomainError } from '#lib/server/platform/errors.ts';
import { findAccount } from '#lib/server/sessions/find-account.ts';
import { replaceLinks } from '#lib/server/sessions/replace-links.ts';
import { appointAdministrator } from './appoint-administrator.ts';
import { say, WrongUsage } from './command.ts';
import { withDatabase } from './database.ts';

export const summary = 'Appoint an administrator, or hand out a new way in';
export const usage = `Usage: mingfa admin create --username NAME [--staff-number NUMBER] [--name NAME] [--unit-name NAME]
       mingfa admin link ACCOUNT

  create  appoints an administrator of everything, and prints a link with which they set a password.
          In an empty database --unit-name names the topmost unit, which is made first.
          --staff-number of somebody on the roster appoints that person; otherwise one is added.
  link    prints a new link for anybody, by username or staff number. It replaces the one before.

A link works once, for 24 hours. Works on DATABASE_URL, or on the private database in MINGFA_DATA.`;

const sentences: Record<string, string> = {
	'account.username-taken': 'That username is taken: choose another with --username.',
	'person.staff-number-taken': 'That staff number is taken: leave --staff-number out, or choose another.',
	'grant.exists': 'That person is an administrator already: "mingfa admin link ACCOUNT" prints a new link.',
	'person.not-active': 'That person has left: only people in service are appointed.'
};

/** Runs `mingfa admin …`. Gives the exit code. */
export async function run(argv: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			username: { type: 'string' },
			'staff-number': { type: 'string' },
			name: { type: 'string' },
			'unit-name': { type: 'string' }
		}
	});
	const [action, account, ...rest] = positionals;
	const act = async (): Promise<(ctx: Context) => Promise<string>> => {
		if (action === 'link' && account && rest.length === 0) return (ctx) => linkFor(ctx, account);
		if (action !== 'create' || account)
			throw new WrongUsage('Say "admin create --username NAME" or "admin link ACCOUNT"');
		const { username, name, 'staff-number': staffNumber, 'unit-name': unitName } = values;
		if (!username?.trim()) throw new WrongUsage('"admin create" needs --username');
		return (ctx) => appointAdministrator(ctx, { username: username.trim(), name, staffNumber, unitName });
	};

	const perform = await act();
	await withDatabase(async (ctx, url) => {
		await migrate(url);
		const personId = await perform(ctx).catch(explain);
		const [link] = await replaceLinks(ctx, [personId], 'shell');
		say(`${env.ORIGIN ?? `http://${env.HOST}:${env.PORT}`}/password/${link?.secret}`);
		say('This link sets the password. It works once, for 24 hours.');
	});
	return 0;
}

async function linkFor(ctx: Context, account: string): Promise<string> {
	const personId = await findAccount(ctx, account);
	if (!personId) throw new Error(`Nobody signs in as "${account}": give a username or a staff number.`);
	return personId;
}

function explain(error: unknown): never {
	const sentence = error instanceof DomainError ? sentences[error.code] : undefined;
	throw sentence ? new Error(sentence, { cause: error }) : error;
}
