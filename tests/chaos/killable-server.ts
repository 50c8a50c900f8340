import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../..');

/** The application in a process of its own that can be killed without a word, and comes back under the same address. */
export class KillableServer {
	readonly #settings: Record<string, string>;
	#child: ChildProcess | undefined;
	address = '';

	constructor(settings: Record<string, string>) {
		this.#settings = settings;
	}

	async start(): Promise<void> {
		const port = this.address ? new URL(this.address).port : String(await freePort());
		const child = spawn(process.execPath, [path.join(root, 'src/cli/mingfa.ts'), 'serve'], {
			cwd: root,
			env: { ...process.env, HOST: '127.0.0.1', PORT: port, LOG_LEVEL: 'silent', ...this.#settings },
			stdio: ['ignore', 'pipe', 'inherit']
		});
		this.#child = child;
		for await (const line of createInterface({ input: child.stdout })) {
			const address = /http:\/\/\S+/.exec(line)?.[0];
			if (!address) continue;
			child.stdout.resume();
			this.address = address;
			return;
		}
		throw new Error('the server stopped before it listened');
	}

	/** SIGKILL: nothing is finished, nothing is said. */
	async kill(): Promise<void> {
		const child = this.#child;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const exited = once(child, 'exit');
		child.kill('SIGKILL');
		await exited;
	}
}

async function freePort(): Promise<number> {
	const server = net.createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as net.AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
