import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild, handlerOf, type Build } from '../../src/cli/build.ts';
import { expect, test } from './test.ts';

/** Whether the server of that build listens to a request that says what time it is. */
function letsRequestsMoveTheClock(build: Build): boolean {
	const server = path.join(path.dirname(handlerOf(build)), 'server');
	const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
	return files.some((file) => /get\(['"`]x-test-now/.test(readFileSync(path.join(server, file), 'utf8')));
}

test('only the test build lets a request move the clock', () => {
	test.setTimeout(180_000);
	ensureBuild('app');
	expect(letsRequestsMoveTheClock('test')).toBe(true);
	expect(letsRequestsMoveTheClock('app')).toBe(false);
});
