import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { audiences, audienceVersions } from '#db/schema/audiences.ts';
import type { AudienceRule } from '#lib/schemas/audiences.ts';
import type * as schemas from '#lib/schemas/audiences.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict, violatedConstraint } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { getUnit } from '../../units/queries.ts';
import { demandNamed } from './demand-named.ts';

/**
 * Gives a rule a name, for a unit beyond which it never reaches.
 * @returns the audience's id
 * @throws conflict audience.name-taken, invalid audience.beyond-reach, not-found unit.not-found
 */
export function createAudience(
	ctx: SignedIn,
	{ unitId, name, rule }: v.InferOutput<typeof schemas.createAudience>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		await getUnit(ctx, unitId, 'programme:edit');
		await demandNamed(ctx, rule);
		return insertAudience(ctx, { unitId, name, rule });
	});
}

/** Writes an audience with the first version of its rule; the caller has judged both. */
export async function insertAudience(
	ctx: SignedIn,
	{ unitId, name, rule, copiedFrom }: { unitId: string; name: string; rule: AudienceRule; copiedFrom?: string }
): Promise<string> {
	const id = newId();
	const row = { id, unitId, name, createdBy: ctx.actor.personId, createdAt: ctx.now };
	await atomically(ctx, ({ db }) => db.insert(audiences).values(row)).catch(refuseTakenName);
	await addVersion(ctx, { audienceId: id, number: 1, rule });
	await record(ctx, 'audience.created', id, { unitId, ...(copiedFrom && { copiedFrom }) });
	return id;
}

/** Appends a wording and lets it be the one in force. */
export async function addVersion(
	ctx: SignedIn,
	{ audienceId, number, rule }: { audienceId: string; number: number; rule: AudienceRule }
): Promise<string> {
	const id = newId();
	await ctx.db
		.insert(audienceVersions)
		.values({ id, audienceId, number, rule, createdBy: ctx.actor.personId, createdAt: ctx.now });
	await ctx.db.update(audiences).set({ currentVersionId: id }).where(eq(audiences.id, audienceId));
	return id;
}

/** Turns the database's refusal of a second audience of one name into ours. */
export function refuseTakenName(error: unknown): never {
	if (violatedConstraint(error) === 'audiences_name') throw conflict('audience.name-taken', { field: 'name' });
	throw error;
}
