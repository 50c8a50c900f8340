import { sql } from 'drizzle-orm';
import { digests } from '#db/schema/notifications.ts';
import type { Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { idList } from '../platform/id-list.ts';
import { digestMoment } from './digest-moment.ts';
import type { Quiet } from './quiet-hours.ts';

/** A digest that goes out now: to whom, and whether they can and want to have it by mail as well. */
export type Ready = { id: string; personId: string; daily: boolean; wantsMail: boolean };

type Row = {
	id: string;
	personId: string;
	openedAt: string;
	lastOn: string | null;
	rhythm: 'daily' | 'at-once';
	quietFrom: string | null;
	quietUntil: string | null;
	wantsMail: boolean;
};

/**
 * Takes the next open digests whose time has come, for the caller's transaction; those whose rule puts them off are put off. Several
 * processes take different ones. @returns those that go out now, and how many were looked at: none is left once that is 0
 */
export async function takeDigests(
	ctx: Context,
	office: Quiet,
	most = 500
): Promise<{ ready: Ready[]; looked: number }> {
	const { rows } = await ctx.db.execute<Row>(sql`
		select d.id, d.person_id as "personId", d.opened_at::text as "openedAt", coalesce(c.rhythm, 'daily') as rhythm,
			to_char(c.quiet_from, 'HH24:MI') as "quietFrom", to_char(c.quiet_until, 'HH24:MI') as "quietUntil",
			(select max(before."on")::text from ${digests} before where before.person_id = d.person_id and before.daily) as "lastOn",
			(p.status = 'active' and p.email is not null and coalesce(c.mail, true)
				and not exists (select 1 from mail_refusals r where r.person_id = p.id and r.address = p.email::text)) as "wantsMail"
		from ${digests} d join people p on p.id = d.person_id left join notification_choices c on c.person_id = d.person_id
		where d.delivered_at is null and d.ready_at <= ${ctx.now}
		order by d.ready_at, d.id limit ${most} for update of d skip locked`);

	const judged = rows.map(({ quietFrom, quietUntil, openedAt, ...row }) => {
		const quiet = quietFrom && quietUntil ? { ...office, from: quietFrom, until: quietUntil } : office;
		return { ...row, moment: digestMoment({ openedAt: new Date(openedAt), ...row }, quiet) };
	});
	const isReady = ({ moment }: { moment: Date }) => moment <= ctx.now;
	await putOff(
		ctx,
		judged.filter((row) => !isReady(row))
	);
	const ready = judged
		.filter(isReady)
		.map(({ id, personId, rhythm, wantsMail }) => ({ id, personId, wantsMail, daily: rhythm === 'daily' }));
	return { ready, looked: rows.length };
}

async function putOff({ db }: Context, later: { id: string; moment: Date }[]): Promise<void> {
	if (later.length === 0) return;
	await db.execute(sql`
		update ${digests} d set ready_at = later.moment
		from json_to_recordset(${JSON.stringify(later.map(({ id, moment }) => ({ id, moment })))}::json) as later (id uuid, moment timestamptz)
		where d.id = later.id`);
}

/** How a digest went out: whether it had something to tell, and whether that goes by mail. */
export type Delivered = Ready & { told: boolean; mailed: boolean };

/** Closes digests that have gone out. One that had nothing to tell, because all is done meanwhile, leaves the place of its day free. */
export async function closeDigests({ db, now }: Context, delivered: Delivered[]): Promise<void> {
	if (delivered.length === 0) return;
	const closed = delivered.map(({ id, daily, told, mailed }) => ({
		...{ id, daily: daily && told },
		mail: mailed ? 'waiting' : 'none'
	}));
	await db.execute(sql`
		update ${digests} d set delivered_at = ${now}, "on" = ${dateOf(now)}, daily = closed.daily, mail = closed.mail
		from json_to_recordset(${JSON.stringify(closed)}::json) as closed (id uuid, daily boolean, mail text)
		where d.id = closed.id`);
}

export type DigestNotice = {
	digestId: string;
	id: string;
	kind: string;
	href: string;
	values: Record<string, unknown>;
};

/** The notices in digests that their readers have not read in the app, the oldest first. */
export async function listUnreadIn({ db }: Context, digestIds: readonly string[]): Promise<DigestNotice[]> {
	const { rows } = await db.execute<DigestNotice>(sql`
		select n.digest_id as "digestId", n.id, n.kind, n.href, n.values from notifications n
		where n.digest_id in ${idList(digestIds)} and n.kind <> 'digest' and n.read_at is null order by n.created_at, n.id`);
	return rows;
}
