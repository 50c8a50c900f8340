import { and, eq, isNull, sql } from 'drizzle-orm';
import { notifications } from '#db/schema/notifications.ts';
import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';

/** Opens one of the actor's own notifications: it counts as read. @returns where it leads @throws not-found notification */
export async function openNotification({ db, actor, now }: SignedIn, { id }: { id: string }): Promise<string> {
	const [opened] = await db
		.update(notifications)
		.set({ readAt: sql`coalesce(${notifications.readAt}, ${now})` })
		.where(and(eq(notifications.id, id), eq(notifications.personId, actor.personId)))
		.returning({ href: notifications.href });
	if (!opened) throw notFound('notification');
	return opened.href;
}

/** All of the actor's own notifications count as read from now on. */
export async function markAllRead({ db, actor, now }: SignedIn): Promise<void> {
	await db
		.update(notifications)
		.set({ readAt: now })
		.where(and(eq(notifications.personId, actor.personId), isNull(notifications.readAt)));
}
