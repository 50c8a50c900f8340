import { desc, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { recordCorrections } from '#db/schema/records.ts';
import { units } from '#db/schema/units.ts';
import type { CorrectionState, RecordPart } from '#lib/schemas/records.ts';
import type * as schemas from '#lib/schemas/records.ts';
import { demand, within } from '../access/scope.ts';
import { isFoundBy } from '../people/name-search.ts';
import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { iso } from '../platform/iso.ts';
import { type Page, readPage, turned } from '../platform/keyset.ts';

/** What the actor has asked for, the latest first. */
export const listOwnCorrections = ({ db, actor }: SignedIn) =>
	db
		.select()
		.from(recordCorrections)
		.where(eq(recordCorrections.personId, actor.personId))
		.orderBy(desc(recordCorrections.askedAt), desc(recordCorrections.id))
		.limit(200);

export type OwnCorrection = Awaited<ReturnType<typeof listOwnCorrections>>[number];

/** A request as those see it who answer it. */
export type CorrectionLine = {
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	unit: string | null;
	part: RecordPart;
	what: string;
	why: string;
	state: CorrectionState;
	askedAt: string;
	answeredBy: string | null;
	answeredAt: string | null;
	because: string | null;
};

const lines = sql`
	select ${recordCorrections.id}, people.id as "personId", people.name, people.staff_number as "staffNumber", ${units.name} as unit,
		${recordCorrections.part}, ${recordCorrections.what}, ${recordCorrections.why}, ${recordCorrections.state},
		${iso(recordCorrections.askedAt)} as "askedAt", (select name from people a where a.id = ${recordCorrections.answeredBy}) as "answeredBy",
		${iso(recordCorrections.answeredAt)} as "answeredAt", ${recordCorrections.because}
	from ${recordCorrections} join people on people.id = ${recordCorrections.personId} left join ${units} on ${units.id} = people.unit_id`;

const order = { key: recordCorrections.askedAt, id: recordCorrections.id, type: 'timestamptz' } as const;

/** The requests of people within reach: what waits, the oldest first; what was answered, the latest first. @throws forbidden access.forbidden */
export function listCorrections(
	ctx: SignedIn,
	{ state = 'asked', q, after, before }: Partial<v.InferOutput<typeof schemas.correctionList>> = {}
): Promise<Page<CorrectionLine>> {
	demand(ctx, 'record:answer');
	return readPage<CorrectionLine>(
		{ after, before },
		{
			size: 30,
			keyOf: ({ askedAt, id }) => [askedAt, id],
			read: async (turn) => {
				const { where, rest } = turned({ ...order, descending: state !== 'asked' }, turn);
				const { rows } = await ctx.db.execute<CorrectionLine>(sql`
					${lines} where ${within(ctx.actor, 'record:answer', units.path)} and ${where} and ${recordCorrections.state} = ${state}
						and ${q ? isFoundBy(q) : sql`true`} ${rest}`);
				return rows;
			}
		}
	);
}

/** How many requests are in each state, of people within reach. */
export async function countCorrections({ db, actor }: SignedIn): Promise<Record<CorrectionState, number>> {
	const { rows } = await db.execute<{ state: CorrectionState; count: number }>(sql`
		select ${recordCorrections.state}, count(*)::int as count from ${recordCorrections}
		join people on people.id = ${recordCorrections.personId} join ${units} on ${units.id} = people.unit_id
		where ${within(actor, 'record:answer', units.path)} group by 1`);
	const none = { asked: 0, accepted: 0, refused: 0, withdrawn: 0 };
	return Object.assign(none, Object.fromEntries(rows.map(({ state, count }) => [state, count])));
}

/** A request of somebody within reach. @throws not-found correction.not-found */
export async function getCorrection(ctx: SignedIn, id: string): Promise<CorrectionLine> {
	const { rows } = isId(id)
		? await ctx.db.execute<CorrectionLine>(
				sql`${lines} where ${recordCorrections.id} = ${id} and ${within(ctx.actor, 'record:answer', units.path)}`
			)
		: { rows: [] };
	if (!rows[0]) throw notFound('correction');
	return rows[0];
}
