import type { BulkKind, BulkValues } from '#lib/schemas/bulk.ts';
import type { Ability } from '../access/abilities.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { isConnectionLoss } from '../platform/database.ts';
import { DomainError } from '../platform/errors.ts';
import { log } from '../platform/log.ts';

export type Row = { targetId: string; personId: string };
export type DoneRow = Row & { made: unknown };
/** What became of one of them: what was made, to undo it by, or the code of the refusal. */
export type Outcome = { made: unknown } | { refused: string };
export type Outcomes = Map<string, Outcome>;
/** The act itself: `of` is what the list is a list of, such as an exam. */
export type Act = { id: string; of: string; undoneBecause: string | null };

/** How one kind of act is done. Everything runs in the transaction of a batch, as the one who decided it. */
export type Handler<Values> = {
	ability: Ability;
	/** How many at a time. */
	size: number;
	/** Whether it may be done to oneself too. */
	ownToo?: boolean;
	/** Codes of refusals that can be told before, by target. */
	refusals(ctx: SignedIn, targetIds: readonly string[], values: Values, of: string): Promise<Map<string, string>>;
	act(ctx: SignedIn, rows: Row[], values: Values, act: Act): Promise<Outcomes>;
	undo?(ctx: SignedIn, rows: DoneRow[], values: Values, act: Act): Promise<Outcomes>;
};

export type HandlerOf<Kind extends BulkKind> = Handler<BulkValues<Kind>>;

/** Does something to one after the other: what is refused for one keeps nobody else back. */
export async function oneByOne<Of extends Row>(
	ctx: SignedIn,
	rows: Of[],
	act: (ctx: SignedIn, row: Of) => Promise<unknown>
): Promise<Outcomes> {
	const outcomes: Outcomes = new Map();
	for (const row of rows) outcomes.set(row.targetId, await attempt(() => atomically(ctx, (ctx) => act(ctx, row))));
	return outcomes;
}

/** Does something to all of them in one go: refused, it is refused for all. */
export async function allAtOnce<Of extends Row>(
	ctx: SignedIn,
	rows: Of[],
	act: (ctx: SignedIn, ids: string[]) => Promise<unknown>
): Promise<Outcomes> {
	const ids = rows.map(({ targetId }) => targetId);
	if (ids.length === 0) return new Map();
	const outcome = await attempt(() => atomically(ctx, (ctx) => act(ctx, ids)));
	return new Map(ids.map((id) => [id, outcome]));
}

async function attempt(act: () => Promise<unknown>): Promise<Outcome> {
	try {
		return { made: (await act()) ?? null };
	} catch (error) {
		if (error instanceof DomainError) return { refused: error.code };
		if (isConnectionLoss(error)) throw error; // the job runs again when the database is back
		log.error({ error: (error as Error).message }, 'one of many could not be done');
		return { refused: 'unexpected' };
	}
}
