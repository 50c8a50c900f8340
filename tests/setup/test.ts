import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject, test as base } from 'vitest';
import { connect, connectionOf, openPool, type Database } from '#db/client.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import { administer } from './cluster.ts';

/** The instant at which every test takes place: a Monday, ten in the morning in Shanghai. */
export const testNow = new Date('2026-11-23T02:00:00Z');

/** A database of its own, with real commits, for what one transaction cannot show: locks, jobs, concurrency. */
export interface FreshDatabase {
	url: string;
	ctx: Context;
}

class RolledBack extends Error {}

/** A connection to a clone of its own, for as long as its file or worker needs it. */
export async function openClone(): Promise<pg.Client> {
	const client = new pg.Client(connectionOf(await cloneTemplate('file')));
	await client.connect();
	return client;
}

/** Clones the migrated template. Whatever this run has made is dropped at its end. */
async function cloneTemplate(label: string): Promise<string> {
	const urlFor = (database: string) => inject('databaseUrl').replace('DATABASE', database);
	const name = `${inject('run')}_${label}_${randomBytes(6).toString('hex')}`;

	await administer(urlFor('postgres'), (client) =>
		client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(inject('template'))}`)
	);
	return urlFor(name);
}

/**
 * `ctx` is a context inside a transaction that is rolled back after the test, acting as the platform. The database is that of
 * the worker, which runs many files: nothing may be committed to it.
 * `freshDatabase()` gives a migrated database of its own, for tests that need real commits.
 */
export const test = base
	.extend('client', { scope: 'worker' }, async ({}, { onCleanup }) => {
		const client = await openClone();
		onCleanup(() => client.end());
		return client;
	})
	.extend('ctx', async ({ client }, { onCleanup }) => {
		const { promise: ended, resolve: end } = Promise.withResolvers<void>();
		const { promise: begun, resolve: begin, reject: fail } = Promise.withResolvers<Context>();
		const transaction = connect(client).transaction(async (transaction) => {
			begin({ db: transaction as unknown as Database, actor: platformActor, now: testNow });
			await ended;
			throw new RolledBack();
		});
		const rolledBack = transaction.catch((error: unknown) => {
			if (!(error instanceof RolledBack)) fail(error);
		});
		onCleanup(() => {
			end();
			return rolledBack;
		});
		return begun;
	})
	.extend('freshDatabase', async ({}, { onCleanup }) => {
		const pools: pg.Pool[] = [];
		onCleanup(async () => {
			for (const pool of pools) await pool.end();
		});

		return async (): Promise<FreshDatabase> => {
			const url = await cloneTemplate('own');
			const pool = openPool(url);
			pools.push(pool);
			return { url, ctx: { db: connect(pool), actor: platformActor, now: testNow } };
		};
	});
