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
