import { eq, lte, sql } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from 'lucia';
import { accounts, sessions } from '#db/schema/sessions.ts';
import { people } from '#db/schema/people.ts';
import { grants, units } from '#db/schema/units.ts';
import { database } from '../platform/database.ts';
import { digest } from '../platform/ids.ts';
import type { Grant } from '../platform/context.ts';

/** What a request needs to know of whoever is signed in; read with the session in one query. */
type Holder = { name: string; unitPath: string | null; unitName: string | null; grants: (Grant & { startsOn: string; endsOn: string | null })[] };

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<Record<never, never>, Holder>;
		DatabaseUserAttributes: Holder;
		DatabaseSessionAttributes: { remembered: boolean; createdAt: Date; userAgent: string; address: string };
	}
}

/** Lucia sees what the cookie holds; the table sees only its SHA-256. */
const adapter: Adapter = {
	async getSessionAndUser(id): Promise<[DatabaseSession | null, DatabaseUser | null]> {
		const [row] = await holderOfSession().execute({ id: digest(id) });
		if (!row) return [null, null];

		const { personId, expiresAt, remembered, createdAt, userAgent, address, ...holder } = row;
		return [
			{ id, userId: personId, expiresAt, attributes: { remembered, createdAt, userAgent, address } },
			{ id: personId, attributes: { ...holder, grants: holder.grants ?? [] } }
		];
	},

	async getUserSessions(personId) {
		const rows = await database().select().from(sessions).where(eq(sessions.personId, personId));
		return rows.map(({ id, expiresAt, remembered, createdAt, userAgent, address }) => ({ id, userId: personId, expiresAt, attributes: { remembered, createdAt, userAgent, address } }));
	},

	async setSession({ id, userId, expiresAt, attributes }) {
		await database().insert(sessions).values({ id: digest(id), personId: userId, expiresAt, ...attributes });
	},

	async updateSessionExpiration(id, expiresAt) {
		await database().update(sessions).set({ expiresAt }).where(eq(sessions.id, digest(id)));
	},

	async deleteSession(id) {
		await database().delete(sessions).where(eq(sessions.id, digest(id)));
	},

	async deleteUserSessions(personId) {
		await database().delete(sessions).where(eq(sessions.personId, personId));
	},

	async deleteExpiredSessions() {
		await database().delete(sessions).where(lte(sessions.expiresAt, sql`now()`));
	}
};

/** One lifetime per instance, so there are two: 12 hours, and 30 days for "remember me". Both slide. */
export const briefly = withLifetime(new TimeSpan(12, 'h'), 'mingfa');
export const remembered = withLifetime(new TimeSpan(30, 'd'), 'mingfa-remembered');

function withLifetime(sessionExpiresIn: TimeSpan, name: string) {
	return new Lucia(adapter, {
		sessionExpiresIn,
		sessionCookie: { name, attributes: { secure: false, sameSite: 'lax' } }, // `secure` follows the request, where the cookie is set
		getUserAttributes: (holder: Holder) => holder
	});
}

let prepared: ReturnType<typeof prepareHolderOfSession> | undefined;
const holderOfSession = () => (prepared ??= prepareHolderOfSession());

function prepareHolderOfSession() {
	return database()
		.select({
			personId: sessions.personId,
			expiresAt: sessions.expiresAt,
			remembered: sessions.remembered,
			createdAt: sessions.createdAt,
			userAgent: sessions.userAgent,
			address: sessions.address,
			name: people.name,
			unitPath: units.path,
			unitName: units.name,
			grants: sql<Holder['grants'] | null>`(
				select json_agg(json_build_object('role', g.role, 'unitPath', u.path::text, 'startsOn', g.starts_on, 'endsOn', g.ends_on))
				from ${grants} g join ${units} u on u.id = g.unit_id
				where g.person_id = ${people.id} and g.revoked_at is null
			)`
		})
		.from(sessions)
		.innerJoin(accounts, eq(accounts.personId, sessions.personId))
		.innerJoin(people, eq(people.id, sessions.personId))
		.leftJoin(units, eq(units.id, people.unitId))
		.where(sql`${sessions.id} = ${sql.placeholder('id')} and ${accounts.disabledAt} is null`)
		.prepare('session_and_holder');
}
