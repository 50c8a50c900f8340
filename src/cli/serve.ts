import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openPool } from '#db/client.ts';
import { isCurrent } from '#db/migrate.ts';
import { env } from '#lib/server/platform/env.ts';
import { shutdown } from '#lib/server/platform/lifecycle.ts';
import { log } from '#lib/server/platform/log.ts';
import { readKeptSignIns } from '#lib/server/sessions/demo-sign-ins.ts';
import { ensureBuild, handlerOf } from './build.ts';
import { say, WrongUsage } from './command.ts';
import { linesOf } from './sign-in-lines.ts';
import { prepareDatabase } from './start-up.ts';
import { configureHandler, createWebServer, drain, listen } from './web-server.ts';

export const summary = 'Start the database, bring it up to date, and serve the web application';

export const usage = `Usage: mingfa serve [--build]

  --build  build the application first, unless the sources are those of the last build

Starts the private PostgreSQL in MINGFA_DATA, or uses DATABASE_URL; migrates; loads the courses and, into a new private
database, the demo province (MINGFA_DEMO=off goes without); then listens on HOST and PORT.
GET /healthz answers while the process lives, GET /readyz while it can serve. SIGTERM lets requests finish, then stops.`;

export async function run(argv: string[]): Promise<number> {
	const { values } = parseArgs({ args: argv, options: { build: { type: 'boolean' } } });
	const stopAsked = whenAskedToStop();
	// What fails in the background, such as a query after the database was lost, is written down and stops nobody's request.
	process.on('unhandledRejection', (error) => log.error({ error: String(error) }, 'background work failed'));

	if (values.build) await ensureBuild();
	const handlerFile = handlerOf(env.MINGFA_BUILD);
	if (!existsSync(handlerFile)) throw new WrongUsage('There is no build yet: run "npm run build", or add --build');

	const database = await prepareDatabase();
	const probe = openPool(database.url, { size: 1 });
	let stopping = false;

	try {
		configureHandler();
		const { handler } = await import(pathToFileURL(handlerFile).href);
		const server = createWebServer(handler, async () => !stopping && (await isReady()));
		say(`Mingfa 明法 listens on ${await listen(server)}`);
		if (database.isEmbedded) for (const line of linesOf(await readKeptSignIns())) say(line);
		await stopAsked;
		stopping = true;
		await drain(server);
	} finally {
		await shutdown();
		await probe.end();
		await database.close();
	}
	return 0;

	function isReady(): Promise<boolean> {
		return isCurrent((sql) => probe.query(sql)).catch(() => false);
	}
}

/** Resolves at the first signal to stop, or when the launcher that started us is gone. Further signals change nothing. */
function whenAskedToStop(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());

		const launcher = env.MINGFA_LAUNCHER;
		if (launcher && process.ppid === launcher) {
			setInterval(() => process.ppid !== launcher && resolve(), 500).unref();
		}
	});
}
