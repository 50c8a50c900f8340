#!/usr/bin/env node
// Runs `node ARGS` on Node 24: this very one if it is new enough, else the copy that npm installed beside us.
// A bare first word names an installed tool (`vite`, `vitest`, `svelte-check`), anything else a script.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Room for what is soon forgotten: a page leaves half a megabyte behind, and moving it about would cost more than making it. */
const roomy = '--max-semi-space-size=64';

/** The Node to use: ours from 24.7 on, else the one from the optional dependency `node-<platform>-<arch>`. */
export function findNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > 24 || (major === 24 && minor >= 7)) return process.execPath;

	const bundled = path.join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node');
	return existsSync(bundled) ? bundled : undefined;
}

/** The script behind an installed tool, or the word itself where it names a file. */
function findScript(word) {
	const tool = path.join(root, 'node_modules/.bin', word ?? '');
	return word && /^[\w-]+$/.test(word) && existsSync(tool) ? realpathSync(tool) : word;
}

/** Our parent; where that is a shell in which npm runs us, npm as well. */
function parentsOf() {
	const stat = `/proc/${process.ppid}/stat`;
	if (!process.env.npm_lifecycle_event || !existsSync(stat)) return `${process.ppid}`;

	const [, name, parent] = /\((.*)\) \w (\d+)/.exec(readFileSync(stat, 'utf8')) ?? [];
	return /^(ba|da|)sh$/.test(name) ? `${process.ppid} ${parent}` : `${process.ppid}`;
}

/** Runs a script on Node 24, hands signals on, follows its own parent, and exits as the script does. */
export function runWithNode([word, ...rest]) {
	const node = findNode();
	if (!node) {
		console.error(
			`Mingfa needs Node.js 24.7 or newer. This is ${process.version}, and no copy is bundled for ${process.platform}-${process.arch}: install Node 24 from https://nodejs.org, then run "npm ci" again.`
		);
		process.exit(2);
	}

	const env = {
		...process.env,
		MINGFA_LAUNCHER: String(process.pid),
		PATH: [path.dirname(node), path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter)
	};
	const script = findScript(word);
	const child = spawn(node, script ? [roomy, script, ...rest] : [], { stdio: 'inherit', env });

	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

	// Stopping `npm start` stops npm or its shell, but not what runs below them: when they are gone, so are we.
	const parents = parentsOf();
	setInterval(() => parentsOf() !== parents && child.kill('SIGTERM'), 500).unref();

	child.on('exit', (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : (code ?? 1)));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
	runWithNode(process.argv.slice(2));
