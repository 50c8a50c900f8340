import { sql } from 'drizzle-orm';
import { recordLooks } from '#db/schema/records.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { iso } from '../platform/iso.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';

/** Notes that the actor looked at somebody's record: one row for each day, however often; the first look of a day goes on record. One's own is none. */
export async function noteLook(ctx: SignedIn, personId: string): Promise<void> {
	const { personId: viewerId } = ctx.actor;
	if (viewerId === personId) return;
	await atomically(ctx, async (ctx) => {
		const [look] = await ctx.db
			.insert(recordLooks)
			.values({ personId, viewerId, day: dateOf(ctx.now), firstAt: ctx.now, lastAt: ctx.now })
			.onConflictDoUpdate({
				target: [recordLooks.personId, recordLooks.day, recordLooks.viewerId],
				set: { count: sql`${recordLooks.count} + 1`, lastAt: sql`greatest(${recordLooks.lastAt}, ${ctx.now})` }
			})
			.returning({ count: recordLooks.count });
		if (look?.count === 1) await record(ctx, 'record.viewed', personId);
	});
}

/** Who looked on a day, and how often. */
export type Look = { viewerId: string; name: string; unit: string | null; day: string; count: number; lastAt: string };

/** Who has looked at the actor's own record, the latest day first. */
export function listLooks({ db, actor }: SignedIn, asked: Asked = {}, size = 30): Promise<Page<Look>> {
	return readPage<Look>(asked, {
		size,
		keyOf: ({ day, viewerId }) => [day, viewerId],
		read: async (turn) => {
			const order = { key: sql`l.day`, id: sql`l.viewer_id`, type: 'date' as const, descending: true };
			const { where, rest } = turned(order, turn);
			const { rows } = await db.execute<Look>(sql`
				select l.viewer_id as "viewerId", p.name, u.name as unit, l.day::text as day, l.count, ${iso(sql`l.last_at`)} as "lastAt"
				from ${recordLooks} l join people p on p.id = l.viewer_id left join units u on u.id = p.unit_id
				where l.person_id = ${actor.personId} and ${where} ${rest}`);
			return rows;
		}
	});
}

/** On how many days somebody looked at the actor's own record, counted for each viewer. */
export const countLooks = ({ db, actor }: SignedIn): Promise<number> =>
	db.$count(recordLooks, sql`${recordLooks.personId} = ${actor.personId}`);

/** All of them, a page at a time: for exports. */
export async function* eachLook(ctx: SignedIn): AsyncGenerator<Omit<Look, 'viewerId'>> {
	let after: string | null = null;
	do {
		const page: Page<Look> = await listLooks(ctx, { after }, 500);
		for (const { viewerId: _, ...look } of page.rows) yield look;
		after = page.next;
	} while (after !== null);
}
