import { eq, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { mailRefusals, notificationChoices } from '#db/schema/notifications.ts';
import { people } from '#db/schema/people.ts';
import type { Locale } from '#lib/paraglide/runtime.js';
import type * as schemas from '#lib/schemas/reminders.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { reconsiderDigests } from './open-digests.ts';

export type Choices = {
	mail: boolean;
	/** Of mail and calendar. */
	language: Locale;
	rhythm: 'daily' | 'at-once';
	/** Null: the quiet hours of the office. */
	quietFrom: string | null;
	quietUntil: string | null;
};

const byDefault: Choices = { mail: true, language: 'zh-CN', rhythm: 'daily', quietFrom: null, quietUntil: null };

/** How somebody wants to be told. */
export async function getChoices({ db }: Context, personId: string): Promise<Choices> {
	const [row] = await db.select().from(notificationChoices).where(eq(notificationChoices.personId, personId));
	if (!row) return byDefault;
	const { mail, language, rhythm, quietFrom, quietUntil } = row;
	return { mail, language, rhythm, quietFrom: clock(quietFrom), quietUntil: clock(quietUntil) };
}

const clock = (time: string | null) => time?.slice(0, 5) ?? null;

/** Sets how the actor wants to be told, from now on: what waits for them goes by it. */
export function setChoices(
	ctx: SignedIn,
	{ quiet, quietFrom, quietUntil, ...rest }: v.InferOutput<typeof schemas.reminderChoices>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { personId } = ctx.actor;
		const own = quiet === 'own' ? { quietFrom, quietUntil } : { quietFrom: null, quietUntil: null };
		const row = { ...rest, ...own, changedAt: ctx.now };
		await ctx.db
			.insert(notificationChoices)
			.values({ personId, ...row })
			.onConflictDoUpdate({ target: notificationChoices.personId, set: row });
		await reconsiderDigests(ctx, personId);
		await record(ctx, 'reminders.chosen', personId, { ...rest, ...own });
	});
}

/** Where mail to somebody goes: their address on the roster, and what a mail server said where it refused it. */
export type MailAddress = { address: string | null; refusal: { answer: string; at: Date } | null };

/** The address of somebody, and whether it takes mail. The caller has asked whether the actor may see it. */
export async function getMailAddress({ db }: Context, personId: string): Promise<MailAddress> {
	const [row] = await db
		.select({ address: people.email, refused: mailRefusals.address, answer: mailRefusals.answer, at: mailRefusals.at })
		.from(people)
		.leftJoin(mailRefusals, eq(mailRefusals.personId, people.id))
		.where(eq(people.id, personId));
	const { address = null, refused = null, answer = null, at = null } = row ?? {};
	return { address, refusal: address && refused === address && answer && at ? { answer, at } : null };
}

/** How many people's addresses are refused now. */
export async function countRefusals({ db }: Context): Promise<number> {
	return db.$count(
		mailRefusals,
		sql`exists (select 1 from people p where p.id = ${mailRefusals.personId} and p.email::text = ${mailRefusals.address} and p.status = 'active')`
	);
}
