import { describe, expect } from 'vitest';
import { connectionOf } from '#db/client.ts';
import { openPipeline } from '#db/pipeline.ts';
import { test } from '#tests/setup/test.ts';

const numbers = Array.from({ length: 50 }, (_, place) => place);
const echo = { name: 'echo', text: 'select $1::int as number' };

describe('a pipeline', () => {
	test('gives every question its own answer, though all are asked at once', async ({ freshDatabase }) => {
		const { url } = await freshDatabase();
		const pipeline = openPipeline(url);

		const answers = await Promise.all(numbers.map((number) => pipeline.query(echo, [number])));

		expect(answers.map(({ rows }) => rows[0].number)).toEqual(numbers);
		await pipeline.end();
	});

	test('plans a question once, however often it is asked', async ({ freshDatabase }) => {
		const { url } = await freshDatabase();
		const pipeline = openPipeline(url, { lanes: 1 });
		for (const number of numbers) await pipeline.query(echo, [number]);

		const plans = 'select generic_plans::int, custom_plans::int from pg_prepared_statements where name = $1';
		const { rows } = await pipeline.query({ text: plans }, ['echo']);
		expect(rows).toEqual([{ generic_plans: 50, custom_plans: 0 }]);
		await pipeline.end();
	});

	test('fails the wrong question alone', async ({ freshDatabase }) => {
		const { url } = await freshDatabase();
		const pipeline = openPipeline(url, { lanes: 1 });

		const [before, wrong, after] = await Promise.allSettled([
			pipeline.query(echo, [1]),
			pipeline.query({ text: 'select 1 / $1::int' }, [0]),
			pipeline.query(echo, [2])
		]);

		expect(before).toMatchObject({ status: 'fulfilled', value: { rows: [{ number: 1 }] } });
		expect(wrong).toMatchObject({ status: 'rejected', reason: { message: 'division by zero' } });
		expect(after).toMatchObject({ status: 'fulfilled', value: { rows: [{ number: 2 }] } });
		await pipeline.end();
	});

	test('commits every question by itself', async ({ freshDatabase }) => {
		const { url, ctx } = await freshDatabase();
		await ctx.db.execute('create table kept (number int primary key)');
		const pipeline = openPipeline(url, { lanes: 1 });
		const insert = { name: 'insert', text: 'insert into kept values ($1)' };

		await Promise.allSettled([1, 1, 2].map((number) => pipeline.query(insert, [number])));

		const { rows } = await ctx.db.execute('select number from kept order by number');
		expect(rows).toEqual([{ number: 1 }, { number: 2 }]);
		await pipeline.end();
	});

	test('loses what was under way with its connection, and opens another for the next question', async ({
		freshDatabase
	}) => {
		const { url } = await freshDatabase();
		const lost: Error[] = [];
		const pipeline = openPipeline(url, { lanes: 1, onLost: (error) => lost.push(error) });

		const [cut, behind] = await Promise.allSettled([
			pipeline.query({ text: 'select pg_terminate_backend(pg_backend_pid())' }, []),
			pipeline.query(echo, [1])
		]);
		expect([cut.status, behind.status]).toEqual(['rejected', 'rejected']);
		expect(lost).not.toEqual([]);

		const { rows } = await pipeline.query(echo, [2]);
		expect(rows).toEqual([{ number: 2 }]);
		await pipeline.end();
	});

	test('tries to connect again after it could not', async ({ freshDatabase }) => {
		const [{ url }, { ctx: elsewhere }] = [await freshDatabase(), await freshDatabase()];
		const allow = (whether: boolean) =>
			elsewhere.db.execute(`alter database "${connectionOf(url).database}" allow_connections ${whether}`);
		const pipeline = openPipeline(url, { lanes: 1 });

		await allow(false);
		await expect(pipeline.query(echo, [1])).rejects.toThrow('not currently accepting connections');
		await allow(true);

		expect((await pipeline.query(echo, [2])).rows).toEqual([{ number: 2 }]);
		await pipeline.end();
	});
});
