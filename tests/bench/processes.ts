import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../..');

/** A process that serves HTTP, with the processor time that it has taken so far in milliseconds. */
export interface Served {
	address: string;
	cpuTime?: () => number;
	stop(): Promise<void>;
}

/** Starts a script of this checkout, on a Node as roomy as ours, and waits until it prints its address. */
export async function serve(script: string, argv: string[], settings: Record<string, string> = {}): Promise<Served> {
	const child = spawn(process.execPath, [...process.execArgv, path.join(root, script), ...argv], {
		cwd: root,
		env: { ...process.env, ...settings },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	for await (const line of createInterface({ input: child.stdout })) {
		const address = /http:\/\/\S+/.exec(line)?.[0];
		if (!address) continue;
		child.stdout.resume();
		return { address, cpuTime: cpuTimeOf(child), stop: () => stop(child) };
	}
	throw new Error(`${script} stopped before it listened.`);
}

/** User and system time from /proc, of which a tick is 10 ms on every Linux. */
function cpuTimeOf({ pid }: ChildProcess): (() => number) | undefined {
	const file = `/proc/${pid}/stat`;
	if (!existsSync(file)) return undefined;
	return () => {
		const fields = readFileSync(file, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	};
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null) return;
	const exited = once(child, 'exit');
	child.kill('SIGTERM');
	await exited;
}
