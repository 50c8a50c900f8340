import { type SQL, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { exemptions } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import type * as schemas from '#lib/schemas/exemptions.ts';
import { can, demand, within } from '../../access/scope.ts';
import { isFoundBy } from '../../people/name-search.ts';
import type { Context, SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { type KeptFile, readFile } from '../../platform/files/read-file.ts';
import { isId } from '../../platform/ids.ts';
import { iso } from '../../platform/iso.ts';
import { type Page, readPage, turned } from '../../platform/keyset.ts';
import { whatIsAsked } from '../what-is-asked.ts';

/** A request as those see it whom it concerns: the person, who asked, and who decides. */
export type ExemptionLine = {
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	unit: string | null;
	unitPath: string | null;
	kind: schemas.ExemptionKind;
	ground: schemas.ExemptionGround;
	reason: string;
	until: string | null;
	/** What it is for; null for everything. */
	asked: Asked | null;
	dueOn: string | null;
	/** Name of the file that proves it. */
	proof: string | null;
	askedAt: string;
	askedBy: string;
	askedById: string;
	state: schemas.ExemptionState;
	decidedAt: string | null;
	decidedBy: string | null;
	decidedBecause: string | null;
	endedAt: string | null;
	endedBecause: string | null;
};

const lines: SQL = sql`
	select ${exemptions.id}, people.id as "personId", people.name, people.staff_number as "staffNumber", ${units.name} as unit,
		${units.path}::text as "unitPath", ${exemptions.kind}, ${exemptions.ground}, ${exemptions.reason}, ${exemptions.until}::text as until,
		case when o.id is not null then ${whatIsAsked(sql`o`)} end as asked, o.due_on::text as "dueOn", proof.name as proof,
		${iso(exemptions.askedAt)} as "askedAt", asker.name as "askedBy", asker.id as "askedById", ${exemptions.state},
		${iso(exemptions.decidedAt)} as "decidedAt", decider.name as "decidedBy", ${exemptions.decidedBecause} as "decidedBecause",
		${iso(exemptions.endedAt)} as "endedAt", ${exemptions.endedBecause} as "endedBecause"
	from ${exemptions} join people on people.id = ${exemptions.personId}
	left join ${units} on ${units.id} = people.unit_id
	join people asker on asker.id = ${exemptions.askedBy}
	left join people decider on decider.id = ${exemptions.decidedBy}
	left join files proof on proof.id = ${exemptions.proofId}
	left join obligations o on o.id = ${exemptions.obligationId}`;

const size = 30;
const order = { key: exemptions.askedAt, id: exemptions.id, type: 'timestamptz' } as const;
type Filter = Partial<v.InferOutput<typeof schemas.exemptionList>>;

/** The requests of people within reach: what waits, the oldest first; what was decided, the latest first. @throws forbidden access.forbidden */
export function listExemptions(
	ctx: SignedIn,
	{ state = 'asked', ground, kind, q, after, before }: Filter = {}
): Promise<Page<ExemptionLine>> {
	demand(ctx, 'exemption:decide');
	return readPage<ExemptionLine>(
		{ after, before },
		{
			size,
			keyOf: ({ askedAt, id }) => [askedAt, id],
			read: async (turn) => {
				const { where, rest } = turned({ ...order, descending: state !== 'asked' }, turn);
				const { rows } = await ctx.db.execute<ExemptionLine>(sql`
					${lines}
					where ${within(ctx.actor, 'exemption:decide', units.path)} and ${where} and ${exemptions.state} = ${state}
						and ${ground ? sql`${exemptions.ground} = ${ground}` : sql`true`} and ${kind ? sql`${exemptions.kind} = ${kind}` : sql`true`}
						and ${q ? isFoundBy(q) : sql`true`}
					${rest}`);
				return rows;
			}
		}
	);
}

/** How many requests are in each state, of people within reach; of those that wait, only what the actor may decide. */
export async function countExemptions({ db, actor }: SignedIn): Promise<Record<schemas.ExemptionState, number>> {
	const { rows } = await db.execute<{ state: schemas.ExemptionState; count: number }>(sql`
		select ${exemptions.state}, count(*)::int as count from ${exemptions} join people on people.id = ${exemptions.personId}
		join ${units} on ${units.id} = people.unit_id
		where ${within(actor, 'exemption:decide', units.path)} group by 1`);
	const none = { asked: 0, approved: 0, refused: 0, withdrawn: 0, ended: 0 };
	return Object.assign(none, Object.fromEntries(rows.map(({ state, count }) => [state, count])));
}

/** One request, for those who decide about it. @throws not-found exemption.not-found */
export async function getExemption(ctx: Context, id: string): Promise<ExemptionLine> {
	const found = await findExemption(ctx, id);
	if (!found || !can(ctx.actor, 'exemption:decide', found.unitPath ?? '')) throw notFound('exemption');
	return found;
}

async function findExemption({ db }: Context, id: string): Promise<ExemptionLine | undefined> {
	if (!isId(id)) return undefined;
	const { rows } = await db.execute<ExemptionLine>(sql`${lines} where ${exemptions.id} = ${id}`);
	return rows[0];
}

/** The requests that concern the actor, or that they asked for on behalf of others; the latest first. */
export async function listOwnExemptions({ db, actor }: SignedIn): Promise<ExemptionLine[]> {
	const { rows } = await db.execute<ExemptionLine>(sql`
		${lines} where ${exemptions.personId} = ${actor.personId} or ${exemptions.askedBy} = ${actor.personId}
		order by ${exemptions.askedAt} desc, ${exemptions.id} limit 200`);
	return rows;
}

/** The file that proves a request: for the person, who asked, and who decides. @throws not-found file.not-found */
export async function readExemptionProof(ctx: SignedIn, id: string): Promise<KeptFile> {
	const { personId: self } = ctx.actor;
	const { rows } = isId(id)
		? await ctx.db.execute<{ proofId: string }>(sql`
			select ${exemptions.proofId} as "proofId" from ${exemptions} join people on people.id = ${exemptions.personId}
			left join ${units} on ${units.id} = people.unit_id
			where ${exemptions.id} = ${id} and ${exemptions.proofId} is not null
				and (${exemptions.personId} = ${self} or ${exemptions.askedBy} = ${self} or ${within(ctx.actor, 'exemption:decide', units.path)})`)
		: { rows: [] };
	const [found] = rows;
	if (!found) throw notFound('file');
	return readFile(ctx, found.proofId);
}
