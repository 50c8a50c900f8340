import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { audiences, audienceVersions } from '#db/schema/audiences.ts';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import type { Ability } from '../../access/abilities.ts';
import { can, demandWithin, within } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { isId } from '../../platform/ids.ts';
import { iso } from '../../platform/iso.ts';

export type Audience = {
	id: string;
	name: string;
	unitId: string;
	unit: string;
	/** It never reaches beyond this. */
	unitPath: string;
	versionId: string;
	/** Of the version in force. */
	number: number;
	rule: AudienceRule;
	archivedAt: Date | null;
	mayEdit: boolean;
};

/** An audience with the rule in force. @throws not-found audience.not-found */
export async function getAudience(ctx: Context, id: string, ability: Ability = 'programme:view'): Promise<Audience> {
	if (!isId(id)) throw notFound('audience');
	const [found] = await ctx.db
		.select({
			id: audiences.id,
			name: audiences.name,
			unitId: audiences.unitId,
			unit: units.name,
			unitPath: units.path,
			versionId: audienceVersions.id,
			number: audienceVersions.number,
			rule: sql<AudienceRule>`${audienceVersions.rule}`,
			archivedAt: audiences.archivedAt
		})
		.from(audiences)
		.innerJoin(units, eq(units.id, audiences.unitId))
		.innerJoin(audienceVersions, eq(audienceVersions.id, audiences.currentVersionId))
		.where(eq(audiences.id, id));
	demandWithin(ctx, ability, found?.unitPath, 'audience');
	if (!found) throw notFound('audience');
	return { ...found, mayEdit: found.archivedAt === null && can(ctx.actor, 'programme:edit', found.unitPath) };
}

/** The same with its row taken, for a change that others must wait for. */
export async function lockAudience(ctx: Context, id: string): Promise<Audience> {
	if (!isId(id)) throw notFound('audience');
	await ctx.db.select({ id: audiences.id }).from(audiences).where(eq(audiences.id, id)).for('update');
	return getAudience(ctx, id, 'programme:edit');
}

export type AudienceChoice = Pick<Audience, 'id' | 'name' | 'unitId' | 'unit' | 'unitPath' | 'versionId' | 'rule'>;

/** The audiences to which the actor may assign programmes, by name. */
export async function listAudienceChoices({ db, actor }: Context): Promise<AudienceChoice[]> {
	return db
		.select({
			id: audiences.id,
			name: audiences.name,
			unitId: audiences.unitId,
			unit: units.name,
			unitPath: units.path,
			versionId: audienceVersions.id,
			rule: sql<AudienceRule>`${audienceVersions.rule}`
		})
		.from(audiences)
		.innerJoin(units, eq(units.id, audiences.unitId))
		.innerJoin(audienceVersions, eq(audienceVersions.id, audiences.currentVersionId))
		.where(and(isNull(audiences.archivedAt), within(actor, 'programme:edit', units.path)))
		.orderBy(sql`${audiences.name} collate "zh-x-icu"`, asc(audiences.id));
}

export type AudienceVersion = { id: string; number: number; rule: AudienceRule; by: string; at: string };

/** Every wording that the rule has had, the latest first. The caller has looked the audience up. */
export function listVersions({ db }: Context, audienceId: string): Promise<AudienceVersion[]> {
	return db
		.select({
			id: audienceVersions.id,
			number: audienceVersions.number,
			rule: sql<AudienceRule>`${audienceVersions.rule}`,
			by: people.name,
			at: iso(audienceVersions.createdAt)
		})
		.from(audienceVersions)
		.innerJoin(people, eq(people.id, audienceVersions.createdBy))
		.where(eq(audienceVersions.audienceId, audienceId))
		.orderBy(desc(audienceVersions.number));
}

export type AudienceUse = { id: string; programmeId: string; programme: string; unit: string; startsOn: string };

/** The standing assignments of programmes to an audience. */
export async function listUses({ db }: Context, audienceId: string): Promise<AudienceUse[]> {
	const { rows } = await db.execute<AudienceUse>(sql`
		select a.id, p.id as "programmeId", p.title as programme, u.name as unit, a.starts_on::text as "startsOn"
		from programme_assignments a join programmes p on p.id = a.programme_id join units u on u.id = a.unit_id
		where a.audience_id = ${audienceId} and a.withdrawn_at is null order by a.created_at, a.id`);
	return rows;
}
