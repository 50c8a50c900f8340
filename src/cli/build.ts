import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { complain } from './command.ts';

export type Build = 'app' | 'test';

const root = path.resolve(import.meta.dirname, '../..');
const sources = [
	'src',
	'db',
	'messages',
	'static',
	'project.inlang',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts',
	'scripts/forget-requests.ts'
];
const unbuilt = /^src\/(cli|lib\/paraglide)\/|\/cache\//;

/** The built request handler of that build. */
export function handlerOf(build: Build): string {
	return path.join(root, 'build', build, 'handler.js');
}

/** The file that says from which sources a build was made. */
export const stampOf = (build: Build): string => path.join(root, 'build', build, '.sources');

/** Builds the application unless the sources are the very ones it was last built from. @throws a sentence when the build fails */
export async function ensureBuild(): Promise<void> {
	const stamp = stampOf('app');
	const fingerprint = fingerprintSources();
	if (existsSync(handlerOf('app')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;

	const vite = path.join(root, 'node_modules/vite/bin/vite.js');
	if (!existsSync(vite))
		throw new Error('There is no current build, and this install has no builder: run "npm ci", then start again.');

	complain('Building. This takes a minute the first time.');
	const builder = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: root,
		env: { ...process.env, NODE_ENV: 'production' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const [said, complained, [status]] = await Promise.all([
		text(builder.stdout),
		text(builder.stderr),
		once(builder, 'exit')
	]);
	if (status !== 0) throw new Error(`The build failed.\n${said}${complained}`);
	writeFileSync(stamp, fingerprint);
}

function fingerprintSources(): string {
	const hash = createHash('sha256').update(process.version);
	for (const file of sources.flatMap(filesOf)) hash.update(`${file}\n`).update(readFileSync(path.join(root, file)));
	return hash.digest('hex');
}

function filesOf(source: string): string[] {
	const full = path.join(root, source);
	if (!existsSync(full)) return [];
	if (statSync(full).isFile()) return [source];
	return readdirSync(full, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
		.filter((file) => !unbuilt.test(file))
		.sort();
}
