import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger, run, type Runner, type TaskList } from 'graphile-worker';
import { connect, openPool } from '#db/client.ts';
import { platformActor } from '../platform/context.ts';
import { addDays, dateOf, startOfDay } from '../platform/dates.ts';
import { onShutdown } from '../platform/lifecycle.ts';
import { log } from '../platform/log.ts';
import './subscriptions.ts';
import { dailyTasks, minuteTasks, tasks } from './tasks.ts';

const minutesAfterMidnight = 10;
const breath = 2_000;

/** What the queue calls information, one line for every job done, is detail to an operator. */
const loudness = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/** The queue speaks through our log: its details may hold payloads, so only the sentence is kept. */
const logger = new Logger(
	({ taskIdentifier }) =>
		(level, message) =>
			log[loudness[level]]({ task: taskIdentifier }, message)
);

/** Starts working through the queue in this process. Several processes share one queue; each job runs once. */
export function work(url: string): void {
	const pool = openPool(url, {
		size: 4,
		onLost: (error) => log.warn({ error: error.message }, 'database connection of the queue lost')
	});
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

	const preset = { worker: { concurrentJobs: 3, pollInterval: 2_000, completeJobBatchDelay: 0, failJobBatchDelay: 0 } };
	const stop = new AbortController();
	const stopAsked = once(stop.signal, 'abort');

	/** Runs until stopped. A lost database ends the runner; the next one starts when the database is back. */
	async function keepRunning(): Promise<void> {
		while (!stop.signal.aborted) {
			let runner: Runner | undefined;
			try {
				runner = await run({ pgPool: pool, preset, taskList, parsedCronItems: [], logger, noHandleSignals: true });
				await runner.addJob('every.day', {}, { jobKey: 'every.day' });
				await runner.addJob('every.minute', {}, { jobKey: 'every.minute' });
				await Promise.race([runner.promise, stopAsked]); // its promise may stay open where the database was lost
			} catch (error) {
				log.warn({ error: (error as Error).message }, 'queue interrupted');
			}
			await runner?.stop().catch(() => undefined); // it may have ended with its database
			await wait(breath, undefined, { signal: stop.signal }).catch(() => undefined);
		}
	}

	const running = keepRunning();
	onShutdown(async () => {
		stop.abort();
		await running;
		await pool.end();
	});
}

/** Ten past the next midnight of the configured zone. */
function nextDay(now: Date): Date {
	const midnight = startOfDay(addDays(dateOf(now), 1));
	return new Date(midnight.getTime() + minutesAfterMidnight * 60_000);
}
