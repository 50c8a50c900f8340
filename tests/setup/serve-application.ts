import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect } from '#db/client.ts';
import { platformActor } from '#lib/server/platform/context.ts';
import { theProvince } from '../factories/units.ts';
import { administer, dropLeftovers, dropRun, prepareTemplate, startTestCluster } from './cluster.ts';
import { runMingfa, startMingfa } from './mingfa-process.ts';
import { ensureTestBuild } from './test-build.ts';

/** Serves the test build on a free port, on a database and a data folder of its own that hold the demo province. */
export default async function serveApplication(): Promise<() => Promise<void>> {
	const server = await startTestCluster();
	const template = await prepareTemplate(server);
	const run = `run_${process.pid}`;
	const data = mkdtempSync(path.join(os.tmpdir(), 'mingfa-e2e-'));
	const settings = {
		DATABASE_URL: server.urlFor(`${run}_e2e`),
		MINGFA_DATA: data,
		MINGFA_DEMO: 'on',
		MINGFA_TRUSTED_PROXIES: '127.0.0.1', // so that a test may come from an address of its own
		LOG_LEVEL: 'warn'
	};

	chmodSync(data, 0o755);
	await dropLeftovers(server, template);
	await administer(server.urlFor('postgres'), (client) =>
		client.query(`create database ${run}_e2e template ${template}`)
	);
	const [{ code, stderr }] = await Promise.all([
		runMingfa(['seed', '--demo', '--people', '500'], settings),
		ensureTestBuild()
	]);
	if (code !== 0) throw new Error(`The demo province could not be loaded: ${stderr}`);
	await administer(settings.DATABASE_URL, (client) =>
		theProvince({ db: connect(client), actor: platformActor, now: new Date() })
	);
	const application = await startMingfa(settings);

	// The workers, started after us, inherit these.
	process.env.E2E_URL = application.address;
	process.env.E2E_DATABASE_URL = settings.DATABASE_URL;
	process.env.E2E_DATA = data;

	return async () => {
		await application.stop('SIGTERM');
		await dropRun(server, run);
		await server.release();
		rmSync(data, { recursive: true, force: true });
	};
}
