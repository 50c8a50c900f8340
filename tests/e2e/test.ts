import { type APIRequestContext, test as base } from '@playwright/test';
import type pg from 'pg';
import { connect, openPool } from '#db/client.ts';
import { platformActor, type Context } from '#lib/server/platform/context.ts';
import type { Role } from '#lib/server/platform/roles.ts';
import { anAccount, thePassword } from '../factories/accounts.ts';
import { aPerson, type Person } from '../factories/people.ts';
import { aGrant, aUnit, type Unit } from '../factories/units.ts';

/** The instant that the server takes for now, unless a test says another one with `at`. */
export const testNow = new Date('2026-11-23T02:00:00Z');

/** Whoever sends requests: a page, or a browser context. Both share their cookies with their `request`. */
type Browser = { request: APIRequestContext };

/** Somebody who is signed in, and the unit over which they hold their role. */
export type SignedInPerson = Person & { unit: Unit };

interface Fixtures {
	/** A context on the served database, acting as the platform: what factories write there, the pages show. */
	ctx: Context;
	/** Moves the server's clock for every further request of this page. */
	at: (instant: Date) => Promise<void>;
	/**
	 * Signs the page in, by the real form. A role makes a new person who holds it over `unit` (a new one unless given) and
	 * works there; a person signs in as they are.
	 *
	 *     const hr = await signIn(page, 'hr');
	 *     await signIn(page, await aPerson(ctx, { unit: hr.unit }));
	 */
	signIn: {
		(page: Browser, role: Role, unit?: Unit): Promise<SignedInPerson>;
		(page: Browser, person: Person): Promise<Person>;
	};
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
	at: async ({ page }, use) => use((instant) => page.setExtraHTTPHeaders({ 'x-test-now': instant.toISOString() })),
	signIn: async ({ ctx }, use) => {
		async function signIn({ request }: Browser, who: Role | Person, unit?: Unit) {
			const person = typeof who === 'string' ? await holderOf(ctx, who, unit ?? (await aUnit(ctx))) : who;
			await anAccount(ctx, { person });
			await signInOver(request, person);
			return person;
		}
		await use(signIn as Fixtures['signIn']);
	}
});

/** Somebody of that unit who holds the role over it. */
export async function holderOf(ctx: Context, role: Role, unit: Unit): Promise<SignedInPerson> {
	const person = await aPerson(ctx, { unit });
	if (role !== 'learner') await aGrant(ctx, person.id, role, unit);
	return { ...person, unit };
}

/** Sends the sign-in form of a person with an account. */
export async function signInOver(request: APIRequestContext, { staffNumber }: Person): Promise<void> {
	const form = { account: staffNumber, password: thePassword };
	const response = await request.post('/sign-in', {
		form,
		headers: { origin: process.env.E2E_URL ?? '', accept: 'text/html' },
		maxRedirects: 0
	});
	if (response.status() !== 303) throw new Error(`${staffNumber} could not sign in: ${response.status()}`);
}

export { expect } from '@playwright/test';
