import { eq, sql } from 'drizzle-orm';
import { assessmentCycles } from '#db/schema/assessments.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { cycleDigest, unitDigest } from './digest-in-sql.ts';

/**
 * Closes a signed cycle: figures and digest of each unit are kept, the digest over all stands in the audit record. The database
 * refuses every change from then on (triggers). @returns the digest in hexadecimal; null where there is nothing to close
 */
export function closeCycle(ctx: Context, cycleId: string): Promise<string | null> {
	return atomically(ctx, async (ctx) => {
		const [cycle] = await ctx.db.select().from(assessmentCycles).where(eq(assessmentCycles.id, cycleId)).for('update');
		if (cycle?.state !== 'signed') return null;
		await ctx.db.execute(sql`
			update assessment_units u set excellent = f.excellent, good = f.good, qualified = f.qualified, not_qualified = f.not_qualified, digest = f.digest
			from (
				select r.unit_id, ${bandCounts}, ${unitDigest} as digest
				from assessment_results r where r.cycle_id = ${cycleId} group by 1
			) f
			where u.cycle_id = ${cycleId} and u.unit_id = f.unit_id`);
		const { rows } = await ctx.db.execute<{ digest: string }>(sql`
			update assessment_cycles c set state = 'closed', closed_at = ${ctx.now}, digest = (
				select coalesce(${cycleDigest}, sha256('')) from assessment_units u where u.cycle_id = c.id and u.digest is not null)
			where c.id = ${cycleId} returning encode(c.digest, 'hex') as digest`);
		const digest = rows[0]!.digest;
		await record(ctx, 'cycle.closed', cycleId, { year: cycle.year, results: cycle.results, digest });
		return digest;
	});
}

/** SQL: how many results `r` are in each band. */
export const bandCounts = sql`(count(*) filter (where r.band = 'excellent'))::int as excellent, (count(*) filter (where r.band = 'good'))::int as good,
	(count(*) filter (where r.band = 'qualified'))::int as qualified, (count(*) filter (where r.band = 'not-qualified'))::int as not_qualified`;
