import { describe, expect, test } from 'vitest';
import type { Database } from '#db/client.ts';
import { gathered } from '#lib/server/platform/gathered.ts';

const db = {} as Database;

/** Doubles numbers and keeps which went together; a negative one makes all fail that it goes with. */
function doubling({ keyed = false } = {}) {
	const rounds: number[][] = [];
	const ask = gathered<number, number>({
		...(keyed && { keyOf: (number) => String(number % 10) }),
		most: 4,
		askAll: async (_, numbers) => {
			rounds.push(numbers);
			await Promise.resolve();
			if (numbers.some((number) => number < 0)) throw new RangeError('negative');
			return numbers.map((number) => number * 2);
		}
	});
	return { rounds, ask: (number: number) => ask(db, number) };
}

describe('what many ask at the same moment', () => {
	test('is asked once, and everybody gets their own answer', async () => {
		const { rounds, ask } = doubling();
		expect(await Promise.all([1, 2, 3].map(ask))).toEqual([2, 4, 6]);
		expect(rounds).toEqual([[1, 2, 3]]);
		expect(await ask(5)).toBe(10);
	});

	test('goes in turns where there is too much of it', async () => {
		const { rounds, ask } = doubling();
		await Promise.all([1, 2, 3, 4, 5, 6].map(ask));
		expect(rounds).toEqual([
			[1, 2, 3, 4],
			[5, 6]
		]);
	});

	test('never goes together under one key, and keeps its order', async () => {
		const { rounds, ask } = doubling({ keyed: true });
		expect(await Promise.all([1, 11, 2, 21].map(ask))).toEqual([2, 22, 4, 42]);
		expect(rounds).toEqual([[1, 2], [11], [21]]);
	});

	test('two may be under way, and those of one key still follow each other', async () => {
		const rounds: number[][] = [];
		const back: (() => void)[] = [];
		const ask = gathered<number, number>({
			keyOf: (number) => String(number % 10),
			atOnce: 2,
			askAll: async (_, numbers) => {
				rounds.push(numbers);
				await new Promise<void>((resolve) => back.push(resolve));
				return numbers;
			}
		});
		const turn = () => new Promise((resolve) => setImmediate(resolve));
		const answers: Promise<number>[] = [];
		for (const number of [1, 2, 3]) {
			answers.push(ask(db, number));
			await turn();
		}
		expect(rounds).toEqual([[1], [2]]);
		answers.push(ask(db, 11), ask(db, 4));
		back[1]!();
		await turn();
		expect(rounds).toEqual([[1], [2], [3, 4]]);
		back[0]!();
		await turn();
		expect(rounds).toEqual([[1], [2], [3, 4], [11]]);
		for (const done of back) done();
		await turn();
		for (const done of back) done();
		expect(await Promise.all(answers)).toEqual([1, 2, 3, 11, 4]);
	});

	test('fails by itself where one of them makes all fail', async () => {
		const { ask } = doubling();
		const answers = await Promise.allSettled([1, -1, 3].map(ask));
		expect(answers).toMatchObject([{ value: 2 }, { reason: { message: 'negative' } }, { value: 6 }]);
	});

	test('fails as a whole where the database is away, so that nobody waits for each in turn', async () => {
		let asked = 0;
		const ask = gathered<number, number>({
			askAll: async () => {
				asked++;
				throw new Error('Connection terminated unexpectedly');
			}
		});
		const answers = await Promise.allSettled([1, 2].map((number) => ask(db, number)));
		expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(asked).toBe(1);
	});
});
