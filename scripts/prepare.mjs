// Runs after `npm ci`: generates what the editor and the type checker read. A production install has nothing to generate.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Runs an installed tool; an install without development dependencies does without it. */
function generate(tool, ...args) {
	if (!existsSync(`node_modules/.bin/${tool}`)) return;
	const { status } = spawnSync(process.execPath, ['scripts/with-node.mjs', tool, ...args], {
		stdio: ['ignore', 'ignore', 'inherit']
	});
	if (status !== 0) console.error(`"${tool} ${args.join(' ')}" did not finish: run it again before "npm run check".`);
}

generate('svelte-kit', 'sync');
if (existsSync('project.inlang/settings.json')) {
	generate(
		'paraglide-js',
		'compile',
		'--project',
		'./project.inlang',
		'--outdir',
		'./src/lib/paraglide',
		'--strategy',
		'cookie',
		'preferredLanguage',
		'baseLocale'
	);
}
