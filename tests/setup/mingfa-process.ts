import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

const root = path.resolve(import.meta.dirname, '../..');
const launcher = [path.join(root, 'scripts/with-node.mjs'), path.join(root, 'src/cli/mingfa.ts')];

/** A served application under test. */
export interface MingfaProcess {
	address: string;
	/** Sends the signal to the launcher, as `npm start` would, and resolves to the exit code. */
	stop(signal: 'SIGTERM' | 'SIGINT'): Promise<number | null>;
}

type Settings = Record<string, string>;

const environment = (settings: Settings) => ({
	...process.env,
	MINGFA_BUILD: 'test',
	HOST: '127.0.0.1',
	PORT: '0',
	LOG_LEVEL: 'silent',
	...settings
});

/** Runs a command of `mingfa` to its end. */
export async function runMingfa(
	argv: string[],
	settings: Settings
): Promise<{ code: number; stdout: string; stderr: string }> {
	const child = spawn(process.execPath, [...launcher, ...argv], {
		cwd: root,
		env: environment(settings),
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
	return { code, stdout, stderr };
}

/** Starts the application on a free port and waits until it says that it listens. */
export async function startMingfa(settings: Settings): Promise<MingfaProcess> {
	const child = spawn(process.execPath, [...launcher, 'serve'], {
		cwd: root,
		env: environment(settings),
		stdio: ['ignore', 'pipe', 'inherit']
	});
	for await (const line of createInterface({ input: child.stdout })) {
		const address = /http:\/\/\S+/.exec(line)?.[0];
		if (!address) continue;

		child.stdout.resume(); // what it prints later must not stop it
		return {
			address,
			async stop(signal) {
				const exited = once(child, 'exit');
				if (child.exitCode === null) child.kill(signal);
				return child.exitCode ?? (await exited)[0];
			}
		};
	}
	throw new Error('mingfa stopped before it listened.');
}
