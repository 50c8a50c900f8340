import { sql } from 'drizzle-orm';
import { atomically, type Context } from '../platform/context.ts';
import { idList } from '../platform/id-list.ts';
import { lockDigest, settleMail } from './digest-mail.ts';
import { readBounce } from './read-bounce.ts';

/**
 * Notes that a digest came back: its address gets no more mail until the roster has another one, and its owner and HR see why. Only
 * for somebody to whom the mail that the report quotes was sent: nobody else knows its name. @returns how many mailboxes were noted
 */
export function noteBounce(ctx: Context, message: string): Promise<number> {
	const { digestIds, failed } = readBounce(message);
	if (digestIds.length === 0 || failed.length === 0) return Promise.resolve(0);
	return atomically(ctx, async (ctx) => {
		const { rows } = await ctx.db.execute<{ id: string; address: string }>(sql`
			select d.id, lower(p.email::text) as address from digests d join people p on p.id = d.person_id
			where d.id in ${idList(digestIds)} and d.mail = 'sent' and p.email is not null`);
		let noted = 0;
		for (const { id, address } of rows) {
			const found = failed.find((each) => each.address === address);
			const digest = found && (await lockDigest(ctx, id));
			if (!found || digest?.mail !== 'sent') continue;
			await settleMail(ctx, digest, 'refused', found.answer);
			noted++;
		}
		return noted;
	});
}
