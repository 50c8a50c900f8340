import { and, eq, sql } from 'drizzle-orm';
import { reportCycles, type ReportContent } from '#db/schema/unit-reports.ts';
import { units } from '#db/schema/units.ts';
import { workPlans } from '#db/schema/work-plans.ts';
import type { Ability } from '../access/abilities.ts';
import { can, demand, rootsOf, within } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { type CalendarDate, dateOf } from '../platform/dates.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { iso } from '../platform/iso.ts';
import { daysLate, type Filing, type LateRule, mostOff } from './points-off.ts';
import { isOpenToWriting, isOverdue, type ReportState } from './report-state.ts';

export type Cycle = typeof reportCycles.$inferSelect;

/** Rounds of annual reports that units within reach have opened, the latest first. */
export function listCycles(ctx: Context) {
	demand(ctx, 'report:view');
	const today = dateOf(ctx.now);
	const counted = (condition: string) =>
		sql<number>`(select count(*)::int from unit_reports r where r.cycle_id = report_cycles.id and ${sql.raw(condition)})`;
	return ctx.db
		.select({
			id: reportCycles.id,
			year: reportCycles.year,
			unit: units.name,
			all: counted('true'),
			handedIn: counted(`r.state = 'submitted'`),
			accepted: counted(`r.state = 'accepted'`),
			overdue: sql<number>`(select count(*)::int from unit_reports r where r.cycle_id = report_cycles.id
				and r.state not in ('submitted', 'accepted') and r.due_on < ${today})`
		})
		.from(reportCycles)
		.innerJoin(units, eq(units.id, reportCycles.unitId))
		.where(within(ctx.actor, 'report:view', units.path))
		.orderBy(sql`${reportCycles.year} desc, nlevel(${units.path}), ${units.position}, ${units.code}`);
}

/** A round that the actor may look at. @throws not-found cycle.not-found */
export async function getCycle(ctx: Context, cycleId: string, ability: Ability = 'report:view') {
	const [found] = isId(cycleId)
		? await ctx.db
				.select({ cycle: reportCycles, unit: units.name, unitPath: units.path, planTitle: workPlans.title })
				.from(reportCycles)
				.innerJoin(units, eq(units.id, reportCycles.unitId))
				.innerJoin(workPlans, eq(workPlans.id, reportCycles.planId))
				.where(and(eq(reportCycles.id, cycleId), within(ctx.actor, ability, units.path)))
		: [];
	if (!found) throw notFound('cycle');
	const { cycle, ...of } = found;
	return { ...cycle, ...of, mayDecide: can(ctx.actor, 'report:decide', found.unitPath) };
}

export type ReportLine = {
	id: string;
	cycleId: string;
	year: number;
	to: string;
	unitId: string;
	unit: string;
	kind: (typeof units.$inferSelect)['kind'];
	state: ReportState;
	dueOn: CalendarDate;
	versions: number;
	/** ISO text. */
	submittedAt: string | null;
	filings: Filing[];
	/** Of the filing that costs most: days, and the points, Infinity where the item scores nothing. */
	late: number;
	off: number;
	overdue: boolean;
};

type Found = Omit<ReportLine, 'late' | 'off' | 'overdue' | 'filings'> & {
	handedIn: { dueOn: string; at: string }[];
} & LateRule;

/** Reports, each with how late it came or is: of a round, or of these units themselves. In official order. */
export async function listReports(
	{ db, now }: Context,
	which: { cycleId: string } | { unitPaths: readonly string[] }
): Promise<ReportLine[]> {
	const today = dateOf(now);
	const chosen =
		'cycleId' in which ? sql`r.cycle_id = ${which.cycleId}` : sql`u.path = any(${sql.param(which.unitPaths)}::ltree[])`;
	const { rows } = await db.execute<Found>(sql`
		select r.id, r.cycle_id as "cycleId", c.year, owner.name as to, r.unit_id as "unitId", u.name as unit, u.kind, r.state, r.due_on::text as "dueOn",
			c.late_days as "lateDays", c.late_off::float8 as "lateOff", c.later_months as "laterMonths", c.later_off::float8 as "laterOff",
			coalesce(v.count, 0)::int as versions, v.last as "submittedAt", coalesce(v.filed, '[]') as "handedIn"
		from unit_reports r
		join report_cycles c on c.id = r.cycle_id join units u on u.id = r.unit_id join units owner on owner.id = c.unit_id
		left join lateral (
			select count(*), ${iso(sql`max(x.submitted_at)`)} as last,
				json_agg(json_build_object('dueOn', x.due_on, 'at', x.submitted_at) order by x.number) as filed
			from report_versions x where x.report_id = r.id) v on true
		where ${chosen}
		order by c.year desc, u.position, u.code`);
	return rows.map(({ handedIn, ...row }) => {
		const filings = filingsOf(handedIn, row, today);
		const { lateDays, lateOff, laterMonths, laterOff, ...line } = row;
		return {
			...line,
			filings,
			late: Math.max(0, ...filings.map(daysLate)),
			off: mostOff(Infinity, filings, { lateDays, lateOff, laterMonths, laterOff }),
			overdue: isOverdue(row, today)
		};
	});
}

/** What has been handed in, each by the date that held then; and what is still out, as if it came today. */
export function filingsOf(
	handedIn: readonly { dueOn: string; at: string | Date }[],
	report: { state: ReportState; dueOn: CalendarDate },
	today: CalendarDate
): Filing[] {
	const past = handedIn.map(({ dueOn, at }) => ({ dueOn, filedOn: dateOf(new Date(at)) }));
	return isOpenToWriting(report.state) ? [...past, { dueOn: report.dueOn, filedOn: today }] : past;
}

/** The reports of the units for which the actor writes or signs. */
export function listOwnReports(ctx: Context): Promise<ReportLine[]> {
	const unitPaths = [...new Set([...rootsOf(ctx.actor, 'report:write'), ...rootsOf(ctx.actor, 'report:sign')])];
	return listReports(ctx, { unitPaths });
}

/** The accepted versions of a round, in official order of their units: what a compiled report consists of. */
export async function listAccepted({ db }: Context, cycleId: string) {
	const { rows } = await db.execute<{ reportId: string; number: number; digest: string; content: ReportContent }>(sql`
		select distinct on (u.position, u.code) r.id as "reportId", v.number, v.digest, v.content
		from unit_reports r join units u on u.id = r.unit_id join report_versions v on v.report_id = r.id
		join report_decisions d on d.version_id = v.id and d.decision = 'accepted'
		where r.cycle_id = ${cycleId} order by u.position, u.code, v.number desc`);
	return rows;
}
