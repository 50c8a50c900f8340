import { and, asc, eq, isNull } from 'drizzle-orm';
import type * as v from 'valibot';
import { reportCycles, unitReports } from '#db/schema/unit-reports.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/unit-reports.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, invalid } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { lockUnit } from '../units/queries.ts';
import { getPlan } from './plan/queries.ts';
import { tellWriters } from './tell.ts';

type Dues = (typeof reportCycles.$inferInsert)['dues'];

/**
 * Asks the units right below one for their annual reports: those of each kind that has a due date. Each is told. A city bureau
 * that reports itself asks its counties the same way.
 * @returns id of the round
 * @throws conflict cycle.opened, invalid cycle.nobody | cycle.plan-unpublished | cycle.plan-other-years, not-found unit.not-found | plan.not-found
 */
export function openCycle(ctx: SignedIn, input: v.InferOutput<typeof schemas.openCycle>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { unitId, year, planId, dueDivision, dueInstitution, dueCity, dueCounty, ...rule } = input;
		const { path } = await lockUnit(ctx, unitId, 'report:decide');
		const plan = await getPlan(ctx, planId);
		if (plan.state !== 'published') throw invalid('cycle.plan-unpublished', { field: 'planId' });
		if (year < plan.fromYear || year > plan.toYear) throw invalid('cycle.plan-other-years', { field: 'planId' });
		const opened = await ctx.db.$count(reportCycles, and(eq(reportCycles.unitId, unitId), eq(reportCycles.year, year)));
		if (opened > 0) throw conflict('cycle.opened', { field: 'year' });

		const dues = withDates({ division: dueDivision, institution: dueInstitution, city: dueCity, county: dueCounty });
		const below = await ctx.db
			.select({ id: units.id, kind: units.kind, path: units.path })
			.from(units)
			.where(and(eq(units.parentId, unitId), isNull(units.closedOn)))
			.orderBy(asc(units.position));
		const asked = below.flatMap((unit) => {
			const dueOn = dues[unit.kind];
			return dueOn ? [{ ...unit, dueOn, reportId: newId() }] : [];
		});
		if (asked.length === 0) throw invalid('cycle.nobody', { field: 'dueDivision' });

		const id = newId();
		await ctx.db.insert(reportCycles).values({
			...{ id, unitId, year, planId, dues, ...rule },
			...{ openedBy: ctx.actor.personId, openedAt: ctx.now }
		});
		await ctx.db
			.insert(unitReports)
			.values(asked.map((unit) => ({ id: unit.reportId, cycleId: id, unitId: unit.id, dueOn: unit.dueOn })));
		await record(ctx, 'cycle.opened', id, { unitId, path, year, planId, units: asked.length });
		await tellWriters(
			ctx,
			asked.map(({ reportId, ...unit }) => ({ ...unit, id: reportId, unitPath: unit.path, year })),
			'report_asked',
			id
		);
		return id;
	});
}

const withDates = (dates: Record<string, string | null>): Dues =>
	Object.fromEntries(Object.entries(dates).filter(([, date]) => date !== null)) as Dues;
