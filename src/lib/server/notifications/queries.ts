import { type SQL, sql } from 'drizzle-orm';
import { notifications } from '#db/schema/notifications.ts';
import type { SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { iso } from '../platform/iso.ts';
import { type Asked, type Page, readPage, turned } from '../platform/keyset.ts';
import type { Notice } from './notify.ts';

export type Notification = Pick<Notice, 'kind' | 'href'> & {
	id: string;
	values: Record<string, unknown>;
	/** ISO instant, and its calendar date in the zone of the office. */
	createdAt: string;
	day: string;
	readAt: string | null;
};

const size = 50;
const newestFirst = {
	key: notifications.createdAt,
	id: notifications.id,
	type: 'timestamptz',
	descending: true
} as const;

/** The actor's own notifications, newest first. */
export function listNotifications({ db, actor }: SignedIn, asked: Asked = {}): Promise<Page<Notification>> {
	const columns: SQL = sql`${notifications.id}, ${notifications.kind}, ${notifications.href}, ${notifications.values}, ${iso(notifications.createdAt)} as "createdAt", ${iso(notifications.readAt)} as "readAt", ${notifications.createdAt}::text as key`;
	return readPage<Notification & { key: string }>(asked, {
		size,
		keyOf: ({ key, id }) => [key, id],
		read: async (turn) => {
			const { where, rest } = turned(newestFirst, turn);
			const { rows } = await db.execute<Notification & { key: string }>(
				sql`select ${columns} from ${notifications} where ${notifications.personId} = ${actor.personId} and ${where} ${rest}`
			);
			return rows.map((row) => ({ ...row, day: dateOf(new Date(row.createdAt)) }));
		}
	});
}

/** How many the actor has not read. */
export function countUnread({ db, actor }: SignedIn): Promise<number> {
	return db.$count(
		notifications,
		sql`${notifications.personId} = ${actor.personId} and ${notifications.readAt} is null`
	);
}
