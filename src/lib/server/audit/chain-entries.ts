import { createHash } from 'node:crypto';
import { asc, desc, isNull, sql, eq } from 'drizzle-orm';
import { auditEntries, auditLinks } from '#db/schema/audit.ts';
import { atomically, type Context } from '../platform/context.ts';

const batch = 1_000;
const chainLock = 7_202_612;

/**
 * Links the entries that have come in since, in the order in which they were written. Writers never wait for the head of the
 * chain: this runs behind them, alone (advisory lock). Entries of the last seconds may still be followed by an earlier
 * number from a slower transaction; such a late one is linked by the next run.
 * @returns how many were linked
 */
export async function chainEntries(ctx: Context): Promise<number> {
	let linked = 0;
	for (let more = true; more;) {
		const count = await atomically(ctx, linkBatch);
		linked += count;
		more = count === batch;
	}
	return linked;
}

async function linkBatch({ db }: Context): Promise<number> {
	await db.execute(sql`select pg_advisory_xact_lock(${chainLock})`);
	const [head] = await db.select().from(auditLinks).orderBy(desc(auditLinks.position)).limit(1);
	const entries = await db
		.select({ entry: auditEntries })
		.from(auditEntries)
		.leftJoin(auditLinks, eq(auditLinks.entryId, auditEntries.id))
		.where(isNull(auditLinks.entryId))
		.orderBy(asc(auditEntries.sequence))
		.limit(batch);
	if (entries.length === 0) return 0;

	let { position, digest } = head ?? { position: 0, digest: Buffer.alloc(32) };
	const links = entries.map(({ entry }) => {
		digest = linkDigest(digest, entry);
		return { position: ++position, entryId: entry.id, digest };
	});
	await db.insert(auditLinks).values(links);
	return links.length;
}

/** SHA-256 over the digest of the link before and the entry itself, written in one fixed way. */
export function linkDigest(before: Buffer, entry: typeof auditEntries.$inferSelect): Buffer {
	const { id, sequence, at, actorId, action, subjectId, details } = entry;
	const text = JSON.stringify([id, sequence, at.toISOString(), actorId, action, subjectId, sorted(details)]);
	return createHash('sha256').update(before).update(text).digest();
}

/** JSON objects come back from the database in its own order of keys; the digest must not depend on it. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([key, inner]) => [key, sorted(inner)])
	);
}
