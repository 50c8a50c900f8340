import type { TestProject } from 'vitest/node';
import { dropLeftovers, dropRun, prepareTemplate, startTestCluster } from './cluster.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of the test server, with DATABASE where the name of a database goes. */
		databaseUrl: string;
		/** Migrated database to clone. */
		template: string;
		/** Prefix of the databases of this run. */
		run: string;
	}
}

/** Starts PostgreSQL for the run and makes the database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const server = await startTestCluster();
	const template = await prepareTemplate(server);
	const run = `run_${process.pid}`;

	await dropLeftovers(server, template);
	project.provide('databaseUrl', server.urlFor('DATABASE'));
	project.provide('template', template);
	project.provide('run', run);

	return async () => {
		await dropRun(server, run);
		await server.release();
	};
}
