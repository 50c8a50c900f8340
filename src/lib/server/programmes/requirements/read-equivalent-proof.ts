import { sql } from 'drizzle-orm';
import { can } from '../../access/scope.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { type KeptFile, readFile } from '../../platform/files/read-file.ts';
import { isId } from '../../platform/ids.ts';

/**
 * The proof on which an equivalent rests that closed an obligation: for the person, and for those who decide about their training.
 * Whoever else looks at it is on record. @throws not-found file
 */
export function readEquivalentProof(ctx: SignedIn, obligationId: string): Promise<KeptFile> {
	return atomically(ctx, async (ctx) => {
		const { rows } = isId(obligationId)
			? await ctx.db.execute<{ id: string; personId: string; proofId: string; path: string | null }>(sql`
				select e.id, e.person_id as "personId", e.proof_id as "proofId", u.path::text as path
				from obligations o join equivalents e on e.id = o.equivalent_id left join units u on u.id = o.unit_id
				where o.id = ${obligationId} and e.proof_id is not null`)
			: { rows: [] };
		const [found] = rows;
		if (!found) throw notFound('file');
		const own = found.personId === ctx.actor.personId;
		if (!own && !(found.path && can(ctx.actor, 'training:assign', found.path))) throw notFound('file');
		if (!own) await record(ctx, 'equivalent.proof-read', found.id, { personId: found.personId, obligationId });
		return readFile(ctx, found.proofId);
	});
}
