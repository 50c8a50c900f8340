import type { Database } from '#db/client.ts';
import type { Role } from './roles.ts';

/** A role held over a unit and everything below it, as it stands today. */
export type Grant = { role: Role; unitPath: string; /** Held for somebody else, for a time. */ lent?: boolean };

/** Whoever acts. `personId` is null for the platform itself, which acts through its own jobs and commands. */
export type Actor = { personId: string | null; unitPath: string | null; grants: readonly Grant[] };

/** What every query and command gets first: where to read and write, who asks, and when. */
export type Context = { db: Database; actor: Actor; now: Date };

/** A context in which somebody is signed in. */
export type SignedIn = Context & { actor: Actor & { personId: string } };

/** The platform acting on its own, such as in a job. It may do everything and is nobody. */
export const platformActor: Actor = { personId: null, unitPath: null, grants: [] };

/** Runs an act as one transaction; inside another, as part of it (a savepoint). */
export function atomically<Result, Ctx extends Context>(ctx: Ctx, act: (ctx: Ctx) => Promise<Result>): Promise<Result> {
	return ctx.db.transaction((transaction) => act({ ...ctx, db: transaction as unknown as Database }));
}
