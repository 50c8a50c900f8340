import { type SQL, sql } from 'drizzle-orm';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { addDays, dateOf } from '../platform/dates.ts';
import { getCycle } from './cycle-queries.ts';
import { tellWriters, type ToldReport } from './tell.ts';

/** So many days before it is due, whoever writes is reminded. */
const daysAhead = 7;

/** Reminds those who have not handed in, a week before the date and the day after it; each once for each date. Runs every day. */
export async function remindOfReports(ctx: Context): Promise<void> {
	const today = dateOf(ctx.now);
	for (const report of await listOut(ctx, sql`r.due_on between ${today} and ${addDays(today, daysAhead)}`))
		await tellWriters(ctx, [report], 'report_due', `${report.id} ${report.dueOn}`);
	for (const report of await listOut(ctx, sql`r.due_on < ${today}`))
		await tellWriters(ctx, [report], 'report_late', `${report.id} ${report.dueOn}`);
}

/** Reminds everybody who has not handed in for a round, at most once a day. @returns how many reports are out @throws not-found cycle.not-found */
export function remindOfCycle(ctx: SignedIn, { cycleId }: { cycleId: string }): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const cycle = await getCycle(ctx, cycleId, 'report:decide');
		const out = await listOut(ctx, sql`r.cycle_id = ${cycle.id}`);
		await tellWriters(ctx, out, 'report_due', `${cycle.id} ${dateOf(ctx.now)}`);
		await record(ctx, 'cycle.reminded', cycle.id, { reports: out.length });
		return out.length;
	});
}

async function listOut({ db }: Context, condition: SQL): Promise<ToldReport[]> {
	const { rows } = await db.execute<ToldReport>(sql`
		select r.id, u.path::text as "unitPath", c.year, r.due_on::text as "dueOn"
		from unit_reports r join report_cycles c on c.id = r.cycle_id join units u on u.id = r.unit_id
		where r.state not in ('submitted', 'accepted') and ${condition} order by r.due_on, r.id`);
	return rows;
}
