import { and, eq, sql } from 'drizzle-orm';
import { type Adapter, Lucia, TimeSpan } from 'lucia';
import type { Database } from '#db/client.ts';
import { notifications } from '#db/schema/notifications.ts';
import { people } from '#db/schema/people.ts';
import { obligations } from '#db/schema/programmes.ts';
import { accounts, sessions } from '#db/schema/sessions.ts';
import { grants, units } from '#db/schema/units.ts';
import type { Context, Grant } from '../platform/context.ts';
import { gathered } from '../platform/gathered.ts';
import { digest } from '../platform/ids.ts';
import { pipelined } from '../platform/prepared.ts';

/** The two figures in the frame of every page: notifications not read, what is left to do. */
export type Counts = { unread: number; todo: number };

/** What a request needs to know of whoever is signed in; read with the session in one query. */
type Holder = {
	name: string;
	unitPath: string | null;
	unitName: string | null;
	unread: number;
	grants: DatedGrant[];
	/** What is left to do; what asks for the same course is one thing. */
	duties: DatedDuty[];
	/** Exams that are to be sat; `from` and `until` say when they count as left to do. */
	exams: { from: string; until: string | null }[];
};
type DatedGrant = Grant & { startsOn: string; endsOn: string | null };
type DatedDuty = { what: string; opensOn: string | null; expiresOn: string | null };

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<{ remembered: boolean }, Holder>;
		DatabaseUserAttributes: Holder;
		DatabaseSessionAttributes: { remembered: boolean; createdAt: Date; userAgent: string; address: string };
	}
}

/** Twelve hours, or thirty days for "remember me"; both slide. A lifetime is fixed when the session starts. */
const lifetimes = {
	brief: { remembered: false, cookie: 'mingfa', span: new TimeSpan(12, 'h') },
	remembered: { remembered: true, cookie: 'mingfa-remembered', span: new TimeSpan(30, 'd') }
};

export type Lifetime = keyof typeof lifetimes;

/** Names of the cookies that hold the two kinds of session. */
export const sessionCookies: Record<Lifetime, string> = {
	brief: lifetimes.brief.cookie,
	remembered: lifetimes.remembered.cookie
};

/** Seconds for which the browser keeps a session that is to be remembered. */
export const rememberedSeconds = lifetimes.remembered.span.seconds();

type Instances = Record<Lifetime, Lucia<{ remembered: boolean }, Holder>>;

/** With what the frame of a page shows, or without. */
const instances = { framed: new WeakMap<Database, Instances>(), bare: new WeakMap<Database, Instances>() };

/**
 * Lucia on the caller's database: what it writes is part of the caller's transaction. It knows one lifetime per instance.
 * @param framed whether whoever holds a session comes with the figures in the frame of every page, which take most of the time
 */
export function lucia({ db }: Pick<Context, 'db'>, lifetime: Lifetime, framed = true): Instances[Lifetime] {
	const known = instances[framed ? 'framed' : 'bare'];
	let both = known.get(db);
	if (!both)
		known.set(
			db,
			(both = { brief: withLifetime(db, 'brief', framed), remembered: withLifetime(db, 'remembered', framed) })
		);
	return both[lifetime];
}

function withLifetime(db: Database, lifetime: Lifetime, framed: boolean): Instances[Lifetime] {
	const { remembered, cookie, span } = lifetimes[lifetime];
	return new Lucia(adapterOn(db, remembered, framed), {
		sessionExpiresIn: span,
		sessionCookie: { name: cookie },
		getSessionAttributes: ({ remembered }) => ({ remembered }),
		getUserAttributes: (holder) => holder
	});
}

/** Lucia sees what the cookie holds; the table sees only its SHA-256. A session is found under its own lifetime alone. */
function adapterOn(db: Database, remembered: boolean, framed: boolean): Adapter {
	return {
		async getSessionAndUser(id) {
			const row = await readHolder(db, { id: digest(id), remembered, framed });
			if (!row) return [null, null];

			const { id: _, personId, expiresAt, attributes, ...holder } = row;
			return [
				{ id, userId: personId, expiresAt, attributes },
				{
					id: personId,
					attributes: {
						...holder,
						unread: holder.unread ?? 0,
						grants: holder.grants ?? [],
						duties: holder.duties ?? [],
						exams: holder.exams ?? []
					}
				}
			];
		},
		async getUserSessions(personId) {
			const rows = await db.select().from(sessions).where(eq(sessions.personId, personId));
			return rows.map(({ id, expiresAt, ...attributes }) => ({ id, userId: personId, expiresAt, attributes }));
		},
		async setSession({ id, userId, expiresAt, attributes }) {
			await db.insert(sessions).values({ id: digest(id), personId: userId, expiresAt, ...attributes });
		},
		async updateSessionExpiration(id, expiresAt) {
			await db
				.update(sessions)
				.set({ expiresAt })
				.where(eq(sessions.id, digest(id)));
		},
		async deleteSession(id) {
			await db.delete(sessions).where(eq(sessions.id, digest(id)));
		},
		async deleteUserSessions(personId) {
			await db.delete(sessions).where(eq(sessions.personId, personId));
		},
		async deleteExpiredSessions() {
			await db.delete(sessions).where(sql`${sessions.expiresAt} <= now()`);
		}
	};
}

type Asked = { id: string; remembered: boolean; framed: boolean };

/** The holder of one session; those who come at the same moment are looked up together. */
const readHolder = gathered({
	atOnce: 2,
	askAll: async (db, asked: Asked[]) => {
		const ids = asked.map(({ id }) => id);
		const framed = asked.filter((each) => each.framed).map(({ id }) => id);
		const found = await holdersOfSessions(db).execute({ ids, framed });
		const holders = new Map(found.map((row) => [row.id, row]));
		return asked.map(({ id, remembered }) => {
			const holder = holders.get(id);
			return holder?.attributes.remembered === remembered ? holder : undefined;
		});
	}
});

/** What is lent counts while whoever lends it serves, and still holds as much: units move, and people leave. */
const isCovered = sql`(g.lent_by_grant_id is null or exists (
	select 1 from ${grants} own join ${units} reach on reach.id = own.unit_id join ${people} lender on lender.id = own.person_id
	where own.id = g.lent_by_grant_id and own.revoked_at is null and lender.status = 'active' and u.path <@ reach.path))`;

const isFramed = sql`${sessions.id} = any (${sql.placeholder('framed')}::text[])`;

const holdersOfSessions = pipelined((db) =>
	db
		.select({
			id: sessions.id,
			personId: sessions.personId,
			expiresAt: sessions.expiresAt,
			attributes: {
				remembered: sessions.remembered,
				createdAt: sessions.createdAt,
				userAgent: sessions.userAgent,
				address: sessions.address
			},
			name: people.name,
			unitPath: units.path,
			unitName: units.name,
			grants: sql<DatedGrant[] | null>`(
				select json_agg(json_build_object('role', g.role, 'unitPath', u.path::text, 'startsOn', g.starts_on, 'endsOn', g.ends_on, 'lent', g.lent_by_grant_id is not null))
				from ${grants} g join ${units} u on u.id = g.unit_id
				where g.person_id = ${people.id} and g.revoked_at is null and ${isCovered}
			)`,
			unread: sql<
				number | null
			>`case when ${isFramed} then (select count(*)::int from ${notifications} n where n.person_id = ${people.id} and n.read_at is null) end`,
			duties: sql<DatedDuty[] | null>`case when ${isFramed} then (
				select json_agg(json_build_object('what', coalesce(o.course_id, o.id), 'opensOn', o.opens_on, 'expiresOn', o.expires_on))
				from ${obligations} o
				where o.person_id = ${people.id} and o.completed_at is null and o.withdrawn_at is null and o.exempt_at is null
			) end`,
			exams: sql<Holder['exams'] | null>`case when ${isFramed} then (
				select json_agg(json_build_object('from', e.from_at, 'until', e.until_at)) from exams_to_sit(${people.id}) e
			) end`
		})
		.from(sessions)
		.innerJoin(accounts, eq(accounts.personId, sessions.personId))
		.innerJoin(people, eq(people.id, sessions.personId))
		.leftJoin(units, eq(units.id, people.unitId))
		.where(
			and(
				sql`${sessions.id} = any (${sql.placeholder('ids')}::text[])`,
				sql`${accounts.disabledAt} is null and ${people.status} <> 'left'`
			)
		)
		.prepare('sessions_and_holders')
);
