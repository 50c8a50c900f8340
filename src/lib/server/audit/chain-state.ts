import { desc, eq, sql } from 'drizzle-orm';
import { auditEntries, auditLinks } from '#db/schema/audit.ts';
import type { Context } from '../platform/context.ts';
import type { ChainReport } from './verify-chain.ts';

export type ChainState = {
	links: number;
	/** Digest of the last link, in hexadecimal: noted elsewhere, it witnesses everything before it. */
	head: string | null;
	/** Entries written moments ago that are not linked yet. */
	pending: number;
	verified: (ChainReport & { at: Date }) | null;
};

const recent = 10_000;

/** How long the chain is, where its head stands, and what its last verification found. */
export async function getChainState({ db }: Context): Promise<ChainState> {
	const [head] = await db.select().from(auditLinks).orderBy(desc(auditLinks.position)).limit(1);
	const [verified] = await db
		.select({ at: auditEntries.at, details: auditEntries.details })
		.from(auditEntries)
		.where(eq(auditEntries.action, 'audit.verified'))
		.orderBy(desc(auditEntries.sequence))
		.limit(1);
	const { rows } = await db.execute<{ pending: number }>(sql`
		select count(*)::int as pending
		from (select id from ${auditEntries} order by sequence desc limit ${recent}) latest
		where not exists (select 1 from ${auditLinks} l where l.entry_id = latest.id)`);
	return {
		links: head?.position ?? 0,
		head: head?.digest.toString('hex') ?? null,
		pending: rows[0]?.pending ?? 0,
		verified: verified ? { at: verified.at, ...(verified.details as ChainReport) } : null
	};
}
