import { test as base } from '@playwright/test';
import type pg from 'pg';
import { connect, openPool } from '#db/client.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';

/** The instant that the server takes for now, unless a test says another one with `at`. */
export const testNow = new Date('2026-11-23T02:00:00Z');

interface Fixtures {
	/** A context on the served database, acting as the platform: what factories write there, the pages show. */
	ctx: Context;
	/** Moves the server's clock for every further request of this page. */
	at: (instant: Date) => Promise<void>;
}

/** A test in a real browser against the test build. */
export const test = base.extend<Fixtures, { pool: pg.Pool }>({
	baseURL: async ({}, use) => use(process.env.E2E_URL),
	extraHTTPHeaders: async ({}, use) => use({ 'x-test-now': testNow.toISOString() }),
	pool: [
		async ({}, use) => {
			const pool = openPool(process.env.E2E_DATABASE_URL ?? '', { size: 3 });
			await use(pool);
			await pool.end();
		},
		{ scope: 'worker' }
	],
	ctx: async ({ pool }, use) => use({ db: connect(pool), actor: platformActor, now: testNow }),
	at: async ({ page }, use) => use((instant) => page.setExtraHTTPHeaders({ 'x-test-now': instant.toISOString() }))
});

export { expect } from '@playwright/test';
