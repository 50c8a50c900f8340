import { and, eq, isNull, sql } from 'drizzle-orm';
import { programmeRequirements, programmes, programmeVersions } from '#db/schema/programmes.ts';
import type { DueRule } from '#lib/schemas/programmes.ts';
import type { SignedIn } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import type { RequirementKind } from './evidence.ts';

/** What one requirement is to ask, and by when. */
export type Wanted = Partial<typeof programmeRequirements.$inferInsert> & { kind: RequirementKind; due: DueRule };

/**
 * Makes a version of a programme that is in force at once, and the programme itself where there is none yet: for programmes
 * that another module decides about. Part of the caller's decision, which records it.
 * @param own the programme, or whose it is to be and what it is to be called
 */
export async function adoptAtOnce(
	ctx: SignedIn,
	own: { programmeId: string } | { unitId: string; title: string },
	{ priorMonths, wanted }: { priorMonths: number; wanted: Wanted[] }
): Promise<{ programmeId: string; number: number }> {
	const made = { createdBy: ctx.actor.personId, createdAt: ctx.now };
	const programmeId = 'programmeId' in own ? own.programmeId : newId();
	if (!('programmeId' in own)) await ctx.db.insert(programmes).values({ id: programmeId, ...own, ...made });

	const { rows } = await ctx.db.execute<{ last: number }>(
		sql`select coalesce(max(number), 0)::int as last from ${programmeVersions} where programme_id = ${programmeId}`
	);
	const number = (rows[0]?.last ?? 0) + 1;
	const versionId = newId();
	await ctx.db
		.delete(programmeVersions)
		.where(and(eq(programmeVersions.programmeId, programmeId), isNull(programmeVersions.adoptedAt)));
	await ctx.db.insert(programmeVersions).values({ id: versionId, programmeId, number, priorMonths, ...made });
	if (wanted.length > 0)
		await ctx.db
			.insert(programmeRequirements)
			.values(wanted.map((each, index) => ({ id: newId(), versionId, position: index + 1, ...each })));
	await ctx.db.update(programmeVersions).set({ adoptedAt: ctx.now }).where(eq(programmeVersions.id, versionId));
	await ctx.db.update(programmes).set({ currentVersionId: versionId }).where(eq(programmes.id, programmeId));
	return { programmeId, number };
}
