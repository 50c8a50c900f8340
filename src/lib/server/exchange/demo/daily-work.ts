import { sql } from 'drizzle-orm';
import type { BulkKind } from '#lib/schemas/bulk.ts';
import { beginAct, undoAct } from '../../bulk/decide-act.ts';
import { prepareAct } from '../../bulk/prepare-act.ts';
import { runAct } from '../../bulk/run-act.ts';
import { setWorkingDays } from '../../notifications/set-working-days.ts';
import type { SignedIn } from '../../platform/context.ts';
import { addMonths } from '../../platform/dates.ts';
import { exemptItems, postponeItem } from '../../promotions/decide-items.ts';
import { lendRole } from '../../units/lend-role.ts';
import type { Calendar } from './calendar.ts';
import { certificateFile } from './certificate-file.ts';

/** What the daily work of the HR office needs to know of the province. */
export interface Desk {
	hr: (day?: number) => SignedIn;
	liaison: (day?: number) => SignedIn;
	countyId: string;
	calendar: Calendar;
}

/** What an office does day by day: acts on many, one of them taken back; roles lent; cases of the newly promoted decided about. */
export async function doDailyWork(desk: Desk): Promise<void> {
	await keepHolidays(desk);
	await actOnMany(desk);
	await lendRoles(desk);
	await decideCases(desk);
}

/** The days that the law itself fixes: what is moved about them is announced each year. */
async function keepHolidays({ hr, calendar }: Desk): Promise<void> {
	const now = Number(calendar.today.slice(0, 4));
	for (const year of [now, now + 1]) {
		const off = [
			`${year}-01-01 元旦`,
			`${year}-05-01 至 ${year}-05-02 劳动节`,
			`${year}-10-01 至 ${year}-10-03 国庆节`
		];
		await setWorkingDays(hr(-12), { year, off: off.join('\n'), worked: '' });
	}
}

/** One act done, one taken back the next day, one that waits to be begun. */
async function actOnMany({ hr, countyId, calendar }: Desk): Promise<void> {
	const people = `unit=${countyId}&subtree=on`;
	const courseId = await idOf(hr(), sql`select id from courses where slug = 'law-based-administration'`);
	const dueOn = calendar.date(60);
	const office = await idOf(hr(), sql`select id from units where name = '法规处'`);
	await act(hr(-6), 'assign-course', `unit=${office}`, { courseId, dueOn, reason: '法治机构人员加学' });

	const twice = await act(hr(-4), 'assign-course', people, { courseId, dueOn, reason: '基层窗口依法行政补学' });
	await undoAct(hr(-3), { act: twice, reason: '与明年第一季度的统一安排重复。' });
	await runAct(hr(-3), twice);

	await prepareAct(hr(-1), { kind: 'confirm-training', list: 'trainings', filter: '' });
}

async function act(hr: SignedIn, kind: BulkKind, filter: string, values: Record<string, unknown>): Promise<string> {
	const id = await prepareAct(hr, { kind, list: 'people', filter, ...values });
	await beginAct(hr, { act: id });
	await runAct(hr, id);
	return id;
}

/** HR has a deputy for two weeks; the liaison had one and has another from next week on. */
async function lendRoles({ hr, liaison, calendar }: Desk): Promise<void> {
	const lend = async (ctx: SignedIn, role: 'hr' | 'liaison', [first, last]: [number, number], place: number) => {
		const { rows } = await ctx.db.execute<{ grantId: string; unitId: string; personId: string }>(sql`
			select g.id as "grantId", g.unit_id as "unitId", p.id as "personId"
			from grants g join people own on own.id = g.person_id join people p on p.unit_id = own.unit_id and p.status = 'active' and p.id <> own.id
			where g.person_id = ${ctx.actor.personId} and g.role = ${role} and g.lent_by_grant_id is null and g.revoked_at is null
				and not exists (select 1 from grants held where held.person_id = p.id)
			order by p.staff_number offset ${place} limit 1`);
		if (rows[0]) await lendRole(ctx, { ...rows[0], from: calendar.date(first), until: calendar.date(last) });
	};
	await lend(hr(-2), 'hr', [-2, 12], 0);
	await lend(liaison(-60), 'liaison', [-58, -45], 0);
	await lend(liaison(-1), 'liaison', [7, 20], 1);
}

/** Of the cases that are late, one is put off and one has nothing left to do: they hold the legal qualification. */
async function decideCases({ hr }: Desk): Promise<void> {
	const ctx = hr(-9);
	const { rows } = await ctx.db.execute<{ promotionId: string; itemId: string; dueOn: string; items: string[] }>(sql`
		select c.id as "promotionId", (array_agg(r.id order by k.slug))[1] as "itemId", min(r.due_on)::text as "dueOn", array_agg(r.id) as items
		from promotions c join promotion_requirements r on r.promotion_id = c.id and r.completed_at is null and r.exempt_at is null
			left join courses k on k.id = r.course_id
		where c.completed_at is null and c.cancelled_at is null and c.due_on < ${ctx.now} and c.person_id <> ${ctx.actor.personId}
		group by c.id, c.due_on order by c.due_on desc, c.id limit 2`);
	const [late, qualified] = rows;
	if (late) {
		const dueOn = addMonths(late.dueOn, 6);
		await postponeItem(ctx, { ...late, dueOn, reason: '脱产援建，六个月内补学。' });
	}
	if (qualified) {
		const { promotionId, items } = qualified;
		const asked = { promotionId, itemIds: items, ground: 'legal-qualification' as const, proof: undefined };
		const proof = { name: '法律职业资格证书.pdf', bytes: certificateFile };
		await exemptItems(ctx, { ...asked, reason: '持有法律职业资格证书，已核对原件。' }, proof);
	}
}

async function idOf({ db }: SignedIn, query: ReturnType<typeof sql>): Promise<string> {
	const { rows } = await db.execute<{ id: string }>(query);
	return rows[0]!.id;
}
