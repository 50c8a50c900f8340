import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild, handlerOf, stampOf } from '../../src/cli/build.ts';

/** Where the server takes an instant for now: src/lib/server/platform/clock.ts as it is built. */
const clock = /^function instantOf\((\w+)\) \{$/m;

/** What tests add to it. */
const seam = `$&
	const said = $1.get('x-test-now');
	if (said) return new Date(said);`;

/** The files of a build that run on the server. */
export function serverFilesOf(build: 'app' | 'test'): string[] {
	const folder = path.join(path.dirname(handlerOf(build)), 'server');
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.js'))
		.map((file) => path.join(folder, file));
}

/**
 * Builds the application, and copies it for the tests: the very same but that a request may say, in the header `x-test-now`,
 * at which instant it acts. @throws a sentence when the build fails
 */
export async function ensureTestBuild(): Promise<void> {
	await ensureBuild();
	const stamp = `${readFileSync(stampOf('app'), 'utf8')}${seam}`;
	if (existsSync(stampOf('test')) && readFileSync(stampOf('test'), 'utf8') === stamp) return;

	const [from, to] = [path.dirname(handlerOf('app')), path.dirname(handlerOf('test'))];
	rmSync(to, { recursive: true, force: true });
	cpSync(from, to, { recursive: true });
	rmSync(stampOf('test'));

	const clocks = serverFilesOf('test').filter((file) => clock.test(readFileSync(file, 'utf8')));
	if (clocks.length !== 1)
		throw new Error(`The server takes an instant for now in ${clocks.length} places, not in one.`);
	for (const file of clocks) writeFileSync(file, readFileSync(file, 'utf8').replace(clock, seam));
	writeFileSync(stampOf('test'), stamp);
}
