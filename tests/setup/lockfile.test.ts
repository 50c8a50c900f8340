import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
	inBundle?: boolean;
}

// `npm install` leaves out the builds for other platforms that its registry happens not to hold; `npm ci` then refuses the file.
test('the lock file names every package that any platform needs', () => {
	const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
	const held = new Set(Object.keys(packages).map((key) => key.split('node_modules/').at(-1)));
	const needed = Object.values(packages).flatMap(({ dependencies, optionalDependencies }) =>
		Object.keys({ ...dependencies, ...optionalDependencies })
	);
	expect([...new Set(needed)].filter((name) => !held.has(name))).toEqual([]);
});
