import { storm } from '../chaos/storm.ts';
import { expect, test } from './test.ts';

test('through killed servers and databases, cut connections and two tabs, every acknowledged answer counts once', async () => {
	test.setTimeout(180_000); // the storm takes seconds; starting servers takes as long as the machine is busy
	const aftermath = await storm({ candidates: 16, questions: 18, kills: 2, build: 'test', seed: 20_261_123 });
	expect(aftermath.wrong).toEqual([]);
	expect(aftermath.requests).toBeGreaterThan(16 * 18);
});
