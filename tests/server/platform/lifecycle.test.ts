import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { onShutdown, shutdown } from '#lib/server/platform/lifecycle.ts';

test('closes in the reverse order, once, whatever fails', async () => {
	const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	const closed: string[] = [];
	onShutdown(() => closed.push('pool'));
	onShutdown(() => Promise.reject(new Error('stuck')));
	onShutdown(async () => closed.push('worker'));

	await shutdown();
	await shutdown();
	expect(closed).toEqual(['worker', 'pool']);
	expect(said).toHaveBeenCalledExactlyOnceWith('While stopping: stuck\n');
});

test('goes on past what never closes, though the process has nothing else to wait for', () => {
	const file = path.resolve('src/lib/server/platform/lifecycle.ts');
	const script = `
		import { onShutdown, shutdown } from ${JSON.stringify(file)};
		onShutdown(() => console.log('closed'));
		onShutdown(() => new Promise(() => undefined));
		await shutdown(20);
		console.log('stopped');`;
	expect(execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], { encoding: 'utf8' })).toBe(
		'closed\nstopped\n'
	);
});
