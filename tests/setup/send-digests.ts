import { sql } from 'drizzle-orm';
import { connect, openPool } from '#db/client.ts';
import { platformActor } from '#lib/server/platform/context.ts';
import { deliverDigests } from '#lib/server/programmes/reminders/deliver-digests.ts';
import { mailDigest } from '#lib/server/programmes/reminders/mail-digest.ts';

/*
 * What the queue does with digests, in a process of its own that has a mail server and believes it is the instant given as its
 * argument: the application under test has none, and its queue goes by the real clock.
 */
const pool = openPool(process.env.DATABASE_URL ?? '');
const ctx = { db: connect(pool), actor: platformActor, now: new Date(process.argv[2] ?? '') };
await deliverDigests(ctx);
const { rows } = await ctx.db.execute<{ id: string }>(
	sql`select id from digests where mail = 'waiting' and delivered_at = ${ctx.now}`
);
for (const { id } of rows) await mailDigest(ctx, id);
await pool.end();
