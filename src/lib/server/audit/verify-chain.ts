import { asc, eq, gt } from 'drizzle-orm';
import { auditEntries, auditLinks } from '#db/schema/audit.ts';
import type { Context } from '../platform/context.ts';
import { linkDigest } from './chain-entries.ts';

export type ChainReport = { links: number; broken: number | null; head: string | null };

/** Recomputes the chain from its first link. `broken` is the position of the first link that does not agree with its entry. */
export async function verifyChain({ db }: Context): Promise<ChainReport> {
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
			if (link.position !== position + 1 || !expected.equals(link.digest))
				return { links: position, broken: position + 1, head: null };
			before = expected;
			position = link.position;
		}
		if (rows.length === 0)
			return { links: position, broken: null, head: position === 0 ? null : before.toString('hex') };
	}
}
