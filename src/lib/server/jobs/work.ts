import { run, type Runner, type TaskList } from 'graphile-worker';
import { connect, openPool } from '#db/client.ts';
import { platformActor } from '../platform/context.ts';
import { addDays, dateOf, startOfDay } from '../platform/dates.ts';
import { onShutdown } from '../platform/lifecycle.ts';
import { log } from '../platform/log.ts';
import './subscriptions.ts';
import { dailyTasks, minuteTasks, tasks } from './tasks.ts';

const minutesAfterMidnight = 10;

/** Starts working through the queue in this process. Several processes share one queue; each job runs once. */
export async function work(url: string): Promise<Runner> {
	const pool = openPool(url, { size: 4, onLost: (error) => log.warn({ error: error.message }, 'database connection of the queue lost') });
	const db = connect(pool);

	const taskList: TaskList = {};
	for (const [name, task] of Object.entries(tasks)) {
		taskList[name] = async (payload) => {
			await task({ db, actor: platformActor, now: new Date() }, (payload ?? {}) as Record<string, unknown>);
		};
	}
	taskList['every.day'] = async (_, { addJob }) => {
		for (const name of dailyTasks) await addJob(name, {}, { jobKey: name });
		await addJob('every.day', {}, { jobKey: 'every.day', runAt: nextDay(new Date()) });
	};
	taskList['every.minute'] = async (_, { addJob }) => {
		for (const name of minuteTasks) await addJob(name, {}, { jobKey: name });
		await addJob('every.minute', {}, { jobKey: 'every.minute', runAt: new Date(Date.now() + 60_000) });
	};

	const runner = await run({ pgPool: pool, taskList, concurrency: 3, noHandleSignals: true, pollInterval: 2_000 });
	await runner.addJob('every.day', {}, { jobKey: 'every.day' });
	await runner.addJob('every.minute', {}, { jobKey: 'every.minute' });
	onShutdown(async () => {
		await runner.stop();
		await pool.end();
	});
	return runner;
}

/** Ten past the next midnight of the configured zone. */
function nextDay(now: Date): Date {
	const midnight = startOfDay(addDays(dateOf(now), 1));
	return new Date(midnight.getTime() + minutesAfterMidnight * 60_000);
}
