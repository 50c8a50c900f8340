// npm run check: everything that can be known without running the application. All of it runs, whatever fails.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const steps = [
	{ name: 'generated types', run: ['scripts/prepare.mjs'] },
	{
		name: 'types',
		run: ['svelte-check', '--tsconfig', './tsconfig.json', '--output', 'human', '--threshold', 'warning']
	},
	{ name: 'lint', run: ['eslint', '.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint/'] },
	{
		name: 'formatting',
		run: ['prettier', '--check', '.', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier']
	},
	{ name: 'boundaries', run: ['depcruise', 'src', 'db', 'tests', '--config', '.dependency-cruiser.cjs'] },
	{ name: 'messages', run: ['scripts/check-messages.mjs'] },
	{
		name: 'courses',
		run: ['src/cli/mingfa.ts', 'courses', 'check'],
		when: existsSync('courses') && existsSync('src/cli/courses.ts')
	},
	{
		name: 'coverage',
		run: ['src/cli/mingfa.ts', 'courses', 'coverage', '--out', 'docs/content/coverage.md', '--check']
	}
].filter(({ when = true }) => when);

const wanted = process.argv.slice(2);
const failed = [];

for (const { name, run } of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
	const started = performance.now();
	const { status } = spawnSync(process.execPath, ['scripts/with-node.mjs', ...run], { stdio: 'inherit' });
	console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
	if (status !== 0) failed.push(name);
}

if (failed.length > 0) {
	console.error(
		`To mend: ${failed.join(', ')}. "npm run check -- ${failed[0]}" runs one alone; "npm run format" mends formatting.`
	);
	process.exit(1);
}
console.log('Everything holds.');
