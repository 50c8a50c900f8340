import { desc, eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { externalTrainings } from '#db/schema/events.ts';
import { files } from '#db/schema/files.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/events.ts';
import { demand, within } from '../access/scope.ts';
import { isFoundBy } from '../people/name-search.ts';
import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { type KeptFile, readFile } from '../platform/files/read-file.ts';
import { isId } from '../platform/ids.ts';
import { iso } from '../platform/iso.ts';
import { type Page, readPage, turned } from '../platform/keyset.ts';

const size = 30;

/** What the actor has reported, the latest first. */
export const listOwnTrainings = ({ db, actor }: SignedIn) =>
	db
		.select({ training: externalTrainings, file: files.name })
		.from(externalTrainings)
		.innerJoin(files, eq(files.id, externalTrainings.proofId))
		.where(eq(externalTrainings.personId, actor.personId))
		.orderBy(desc(externalTrainings.startsAt), desc(externalTrainings.id));

export type TrainingLine = {
	id: string;
	personId: string;
	name: string;
	staffNumber: string;
	unit: string | null;
	kind: (typeof schemas.eventKinds)[number];
	title: string;
	provider: string;
	startsAt: string;
	endsAt: string;
	hours: number;
	hourCategory: (typeof schemas.hourCategories)[number];
	state: (typeof schemas.trainingStates)[number];
	reportedAt: string;
	decidedAt: string | null;
	decidedBecause: string | null;
	decider: string | null;
	proof: string;
	/** The reader's own: somebody else decides. */
	isOwn: boolean;
};

type Filter = Partial<v.InferOutput<typeof schemas.trainingList>>;

const order = { key: externalTrainings.reportedAt, id: externalTrainings.id, type: 'timestamptz' } as const;

/** What people within reach have reported: what waits, the oldest first, unless another state is asked for. */
export function listTrainings(
	ctx: SignedIn,
	{ q, state = 'reported', after, before }: Filter = {}
): Promise<Page<TrainingLine>> {
	demand(ctx, 'hours:confirm');
	return readPage<TrainingLine>(
		{ after, before },
		{
			size,
			keyOf: ({ reportedAt, id }) => [reportedAt, id],
			read: async (turn) => {
				const { where, rest } = turned({ ...order, descending: state !== 'reported' }, turn);
				const { rows } = await ctx.db.execute<TrainingLine>(sql`
					select ${externalTrainings.id}, people.id as "personId", people.name, people.staff_number as "staffNumber", ${units.name} as unit,
						${externalTrainings.kind}, ${externalTrainings.title}, ${externalTrainings.provider},
						${iso(externalTrainings.startsAt)} as "startsAt", ${iso(externalTrainings.endsAt)} as "endsAt",
						${externalTrainings.hours}::float8 as hours, ${externalTrainings.hourCategory} as "hourCategory",
						${externalTrainings.state}, ${iso(externalTrainings.reportedAt)} as "reportedAt",
						${iso(externalTrainings.decidedAt)} as "decidedAt", ${externalTrainings.decidedBecause} as "decidedBecause",
						decider.name as decider, ${files.name} as proof, people.id = ${ctx.actor.personId} as "isOwn"
					from ${externalTrainings} join people on people.id = ${externalTrainings.personId}
					join ${units} on ${units.id} = people.unit_id
					join ${files} on ${files.id} = ${externalTrainings.proofId}
					left join people decider on decider.id = ${externalTrainings.decidedBy}
					where ${within(ctx.actor, 'hours:confirm', units.path)} and ${where}
						and ${q ? isFoundBy(q) : sql`true`}
						and ${state === 'all' ? sql`true` : sql`${externalTrainings.state} = ${state}`}
					${rest}`);
				return rows;
			}
		}
	);
}

/** How many reports wait for somebody in the actor's place. */
export async function countReported({ db, actor }: SignedIn): Promise<number> {
	const { rows } = await db.execute<{ count: number }>(sql`
		select count(*)::int as count from ${externalTrainings} join people on people.id = ${externalTrainings.personId}
		join ${units} on ${units.id} = people.unit_id
		where ${externalTrainings.state} = 'reported' and people.id <> ${actor.personId} and ${within(actor, 'hours:confirm', units.path)}`);
	return rows[0]?.count ?? 0;
}

/** The proof of a report, for the person and for those who decide about it. @throws not-found file.not-found */
export async function readProof(ctx: SignedIn, trainingId: string): Promise<KeptFile> {
	const [found] = isId(trainingId)
		? await ctx.db
				.select({ proofId: externalTrainings.proofId })
				.from(externalTrainings)
				.where(
					sql`${externalTrainings.id} = ${trainingId} and (${externalTrainings.personId} = ${ctx.actor.personId} or exists (
						select 1 from people join ${units} on ${units.id} = people.unit_id
						where people.id = ${externalTrainings.personId} and ${within(ctx.actor, 'hours:confirm', units.path)}))`
				)
		: [];
	if (!found) throw notFound('file');
	return readFile(ctx, found.proofId);
}
