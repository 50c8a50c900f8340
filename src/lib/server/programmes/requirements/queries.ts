import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { programmes, programmeVersions } from '#db/schema/programmes.ts';
import { units } from '#db/schema/units.ts';
import type { Asked } from '#lib/components/programmes/asked-words.ts';
import type { DueRule } from '#lib/schemas/programmes.ts';
import { can, demand, rootsOf } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { iso } from '../../platform/iso.ts';
import { type Asked as AskedPage, type Page, readPage, turned } from '../../platform/keyset.ts';
import { contains } from '../../platform/search-terms.ts';
import { whatIsRequired } from '../what-is-asked.ts';

/** Programmes of units within reach, and of those above them: what the province keeps, a county may assign. */
function visible({ actor }: Context, path: SQL): SQL {
	const roots = sql`${sql.param(rootsOf(actor, 'programme:view'))}::ltree[]`;
	return sql`(${path} <@ any(${roots}) or ${path} @> any(${roots}))`;
}

export type ProgrammeState = 'in-force' | 'draft' | 'archived';

export type ProgrammeLine = {
	id: string;
	title: string;
	unit: string;
	state: ProgrammeState;
	/** Of the version in force; 0 before the first was adopted. */
	number: number;
	/** Whether a later version is being drafted. */
	drafting: boolean;
	requirements: number;
	/** Standing assignments. */
	assignments: number;
};

const stateOf = sql<ProgrammeState>`case when ${programmes.archivedAt} is not null then 'archived' when ${programmes.currentVersionId} is null then 'draft' else 'in-force' end`;
const size = 25;

/** Programmes by title. @param q part of the title */
export function listProgrammes(
	ctx: Context,
	{ q = '', state, ...asked }: AskedPage & { q?: string; state?: ProgrammeState } = {}
): Promise<Page<ProgrammeLine>> {
	demand(ctx, 'programme:view');
	const order = { key: sql`${programmes.title} collate "zh-x-icu"`, id: programmes.id, type: 'text' as const };
	return readPage<ProgrammeLine>(asked, {
		size,
		keyOf: ({ title, id }) => [title, id],
		read: async (turn) => {
			const { where, rest } = turned(order, turn);
			const { rows } = await ctx.db.execute<ProgrammeLine>(sql`
				select ${programmes.id}, ${programmes.title}, u.name as unit, ${stateOf} as state, coalesce(v.number, 0) as number,
					exists (select 1 from ${programmeVersions} d where d.programme_id = ${programmes.id} and d.adopted_at is null) as drafting,
					(select count(*)::int from programme_requirements r where r.version_id = coalesce(${programmes.currentVersionId}, (
						select d.id from ${programmeVersions} d where d.programme_id = ${programmes.id} order by d.number desc limit 1))) as requirements,
					(select count(*)::int from programme_assignments a where a.programme_id = ${programmes.id} and a.withdrawn_at is null) as assignments
				from ${programmes} join units u on u.id = ${programmes.unitId}
				left join ${programmeVersions} v on v.id = ${programmes.currentVersionId}
				where ${visible(ctx, sql`u.path`)} and ${state ? sql`${stateOf} = ${state}` : sql`${programmes.archivedAt} is null`}
					and ${q ? contains(programmes.title, q) : sql`true`} and ${where} ${rest}`);
			return rows;
		}
	});
}

export type Requirement = { id: string; asked: Asked; due: DueRule | null };

export type Version = {
	id: string;
	number: number;
	recurrence: (typeof programmeVersions.$inferSelect)['recurrence'];
	validMonths: number | null;
	renewalMonths: number | null;
	priorMonths: number | null;
	joining: (typeof programmeVersions.$inferSelect)['joining'];
	joiningDays: number | null;
	by: string;
	createdAt: string;
	adoptedAt: string | null;
	requirements: Requirement[];
};

export type Programme = {
	id: string;
	title: string;
	summary: string;
	unitId: string;
	unit: string;
	unitPath: string;
	state: ProgrammeState;
	/** Latest first; a draft, if there is one, before what is in force. */
	versions: Version[];
	current: Version | undefined;
	draft: Version | undefined;
	mayEdit: boolean;
};

/** A programme with everything that its versions ask. @throws not-found programme.not-found */
export async function getProgramme(ctx: Context, id: string): Promise<Programme> {
	if (!isId(id)) throw notFound('programme');
	const [found] = await ctx.db
		.select({
			id: programmes.id,
			title: programmes.title,
			summary: programmes.summary,
			unitId: programmes.unitId,
			unit: units.name,
			unitPath: units.path,
			currentVersionId: programmes.currentVersionId,
			state: stateOf
		})
		.from(programmes)
		.innerJoin(units, eq(units.id, programmes.unitId))
		.where(and(eq(programmes.id, id), visible(ctx, sql`${units.path}`)));
	if (!found) throw notFound('programme');
	const { currentVersionId, ...programme } = found;
	const versions = await listVersions(ctx, id);
	return {
		...programme,
		versions,
		current: versions.find((version) => version.id === currentVersionId),
		draft: versions.find(({ adoptedAt }) => adoptedAt === null),
		mayEdit: programme.state !== 'archived' && can(ctx.actor, 'programme:edit', programme.unitPath)
	};
}

async function listVersions({ db }: Context, programmeId: string): Promise<Version[]> {
	return db
		.select({
			id: programmeVersions.id,
			number: programmeVersions.number,
			recurrence: programmeVersions.recurrence,
			validMonths: programmeVersions.validMonths,
			renewalMonths: programmeVersions.renewalMonths,
			priorMonths: programmeVersions.priorMonths,
			joining: programmeVersions.joining,
			joiningDays: programmeVersions.joiningDays,
			by: people.name,
			createdAt: iso(programmeVersions.createdAt),
			adoptedAt: iso(programmeVersions.adoptedAt) as SQL<string | null>,
			requirements: sql<Requirement[]>`(
				select coalesce(json_agg(json_build_object('id', r.id, 'asked', ${whatIsRequired(sql`r`)}, 'due', r.due) order by r.position), '[]')
				from programme_requirements r where r.version_id = ${programmeVersions}.id)`
		})
		.from(programmeVersions)
		.innerJoin(people, eq(people.id, programmeVersions.createdBy))
		.where(eq(programmeVersions.programmeId, programmeId))
		.orderBy(desc(programmeVersions.number));
}

/** A programme that the actor may change, with its row taken. @throws not-found programme.not-found */
export async function lockProgramme(ctx: Context, id: string): Promise<Programme> {
	await ctx.db.select({ id: programmes.id }).from(programmes).where(eq(programmes.id, id)).for('update');
	const programme = await getProgramme(ctx, id);
	if (!can(ctx.actor, 'programme:edit', programme.unitPath)) throw notFound('programme');
	return programme;
}
