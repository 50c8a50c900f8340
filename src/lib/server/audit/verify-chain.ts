import { asc, eq, gt } from 'drizzle-orm';
import { auditEntries, auditLinks } from '#db/schema/audit.ts';
import type { Context } from '../platform/context.ts';
import { linkDigest } from './chain-entries.ts';

export type ChainReport = {
	/** How many links agree with their entries, from the first on. */
	links: number;
	/** Position of the first link that does not. */
	broken: number | null;
	/** Digest of the last link where all agree. */
	head: string | null;
};

/**
 * Recomputes the chain from its first link.
 * @param onLink hears the digest of every link that agrees: a head that was noted earlier must be among them
 */
export async function verifyChain({ db }: Context, onLink?: (digest: string) => void): Promise<ChainReport> {
	let before: Buffer = Buffer.alloc(32);
	let position = 0;

	for (;;) {
		const rows = await db
			.select({ link: auditLinks, entry: auditEntries })
			.from(auditLinks)
			.innerJoin(auditEntries, eq(auditEntries.id, auditLinks.entryId))
			.where(gt(auditLinks.position, position))
			.orderBy(asc(auditLinks.position))
			.limit(5_000);

		for (const { link, entry } of rows) {
			const expected = linkDigest(before, entry);
			if (link.position !== position + 1 || !expected.equals(link.digest)) {
				return { links: position, broken: position + 1, head: null };
			}
			before = expected;
			position = link.position;
			onLink?.(expected.toString('hex'));
		}
		if (rows.length === 0)
			return { links: position, broken: null, head: position === 0 ? null : before.toString('hex') };
	}
}
