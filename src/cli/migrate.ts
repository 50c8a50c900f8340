import { parseArgs } from 'node:util';
import { migrate } from '#db/migrate.ts';
import { say } from './command.ts';
import { openDatabase } from './database.ts';

export const summary = 'Bring the database up to date';

export const usage = `Usage: mingfa migrate

Applies the migrations that are missing, one starter at a time, and makes the views anew. Safe to repeat.
Works on DATABASE_URL, or on the private database in MINGFA_DATA.`;

export async function run(argv: string[]): Promise<number> {
	parseArgs({ args: argv, options: {} });

	const database = await openDatabase();
	try {
		await migrate(database.url);
	} finally {
		await database.close();
	}
	say('The database is up to date.');
	return 0;
}
