import { sql } from 'drizzle-orm';
import type { Context } from '../../platform/context.ts';
import { inputColumns } from '../inputs.ts';
import { listSchemesUsed } from '../schemes/schemes-used.ts';
import { scored } from '../score-in-sql.ts';
import { cycleDigest, unitDigest } from './digest-in-sql.ts';

/** What became of a closed cycle on being proved again. */
export type CycleProof = {
	id: string;
	year: number;
	unit: string;
	results: number;
	digest: string;
	/** Whether the digest over the results as they stand is the one that was kept, and the one in the audit record. */
	holds: boolean;
	/** Results that the frozen inputs and the scheme do not give again; null where the cycle was carried over from before. */
	differing: number | null;
};

/** Computes the digests of all closed cycles, and their results, anew. */
export async function verifyCycles(ctx: Context): Promise<CycleProof[]> {
	const { rows } = await ctx.db.execute<
		Omit<CycleProof, 'holds' | 'differing'> & { now: string; recorded: string | null; own: boolean }
	>(sql`
		select c.id, c.year, n.name as unit, c.results, encode(c.digest, 'hex') as digest, c.opened_by is not null as own,
			(select encode(coalesce(${cycleDigest}, sha256('')), 'hex') from (
				select r.unit_id, ${unitDigest} as digest from assessment_results r where r.cycle_id = c.id group by 1) u) as now,
			(select a.details ->> 'digest' from audit_entries a where a.action = 'cycle.closed' and a.subject_id = c.id order by a.sequence desc limit 1) as recorded
		from assessment_cycles c join units n on n.id = c.unit_id
		where c.state = 'closed' order by c.year, n.path`);
	const proofs: CycleProof[] = [];
	for (const { now, recorded, own, ...cycle } of rows) {
		const holds = now === cycle.digest && (recorded === null ? !own : recorded === now);
		proofs.push({ ...cycle, holds, differing: own ? await countDiffering(ctx, cycle.id) : null });
	}
	return proofs;
}

/** How many results the frozen inputs of a cycle do not give again. */
export async function countDiffering(ctx: Context, cycleId: string): Promise<number> {
	let differing = 0;
	for (const { id, rule } of await listSchemesUsed(ctx, cycleId)) {
		const { rows } = await ctx.db.execute<{ count: number }>(sql`
			select count(*)::int as count
			from assessment_results r cross join lateral jsonb_to_record(r.inputs) as f (${inputColumns}) ${scored(rule)}
			where r.cycle_id = ${cycleId} and r.scheme_id = ${id}
				and (scored.score, scored.band, scored.parts, scored.limits) is distinct from (r.draft_score, r.draft_band, r.parts, r.limits)`);
		differing += rows[0]!.count;
	}
	return differing;
}
