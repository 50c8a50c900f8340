import { readFileSync } from 'node:fs';
import { serverFilesOf } from '../setup/test-build.ts';
import { expect, test } from './test.ts';

const moveTheClock = (file: string) => readFileSync(file, 'utf8').includes(`get('x-test-now')`);

test('only the build of the tests lets a request move the clock', () => {
	expect(serverFilesOf('test').filter(moveTheClock)).toHaveLength(1);
	expect(serverFilesOf('app').filter(moveTheClock)).toEqual([]);
});
