import { existsSync } from 'node:fs';
import path from 'node:path';
import { migrate } from '#db/migrate.ts';
import { env } from '#lib/server/platform/env.ts';
import { complain, ownLibrary, type Command } from './command.ts';
import { openDatabase, type OpenDatabase } from './database.ts';

/** A database that is ready to serve: reachable, migrated, with the courses of this checkout and, in a private one, the demo. */
export async function prepareDatabase(): Promise<OpenDatabase> {
	const database = await openDatabase();
	process.env.DATABASE_URL = database.url; // what runs from here on, the built application included, uses this one
	if (database.isEmbedded) process.env.MINGFA_PRIVATE_DATABASE = 'yes';
	try {
		await migrate(database.url);
		await bringInCourses();
		if (database.isEmbedded && env.MINGFA_DEMO === 'on') await perform('seed', ['--demo', '--once']);
		return database;
	} catch (error) {
		await database.close();
		throw error;
	}
}

/** The library of this checkout, if its files have changed. Errors in it are reported and stop nobody: what was brought in before is served on. */
async function bringInCourses(): Promise<void> {
	if (!existsSync(ownLibrary)) return;

	const { run } = await import('./courses.ts');
	if ((await run(['sync', '--if-changed'])) !== 0)
		complain('The course library has errors; the courses stay as they were.');
}

async function perform(name: string, argv: string[]): Promise<void> {
	const file = path.join(import.meta.dirname, `${name}.ts`);
	if (!existsSync(file)) return;

	const command: Command = await import(file);
	if (!command.usage.includes(argv[0] ?? '')) return;

	const code = await command.run(argv);
	if (code !== 0) throw new Error(`"mingfa ${name} ${argv.join(' ')}" did not finish.`);
}
