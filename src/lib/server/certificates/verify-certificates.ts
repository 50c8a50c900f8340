import { asc, gt, sql } from 'drizzle-orm';
import { certificates, certificateSerials } from '#db/schema/certificates.ts';
import type { Context } from '../platform/context.ts';
import { listKeys } from './keys.ts';
import { holdsSeal } from './sealed.ts';

const batch = 1_000;

/** Holds every certificate against its seal, and the numbers of every template and year against what was given out. */
export async function verifyCertificates(ctx: Context): Promise<{ count: number; broken: string[]; gaps: number }> {
	const keys = new Map((await listKeys(ctx)).map(({ id, publicKey }) => [id, publicKey]));
	const broken: string[] = [];
	let count = 0;
	for (let after = '00000000-0000-0000-0000-000000000000', more = true; more;) {
		const rows = await ctx.db
			.select()
			.from(certificates)
			.where(gt(certificates.id, after))
			.orderBy(asc(certificates.id))
			.limit(batch);
		for (const row of rows) {
			const key = keys.get(row.keyId);
			if (!key || !holdsSeal(row, key)) broken.push(row.id);
		}
		count += rows.length;
		after = rows.at(-1)?.id ?? after;
		more = rows.length === batch;
	}
	return { count, broken, gaps: await countGaps(ctx) };
}

/** Numbers that were given out and are on no certificate, or the other way round. */
async function countGaps({ db }: Context): Promise<number> {
	const { rows } = await db.execute<{ gaps: number }>(sql`
		select coalesce(sum(abs(coalesce(s.last, 0) - coalesce(c.issued, 0))), 0)::int as gaps
		from ${certificateSerials} s full join (
			select template_id, year, count(*) as issued from ${certificates} group by template_id, year) c
			on c.template_id = s.template_id and c.year = s.year`);
	return rows[0]?.gaps ?? 0;
}
