import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type * as v from 'valibot';
import { reportCycles, unitReports } from '#db/schema/unit-reports.ts';
import { units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/unit-reports.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { invalid } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { getCycle } from './cycle-queries.ts';
import { tellWriters } from './tell.ts';

/** Units right below that a round does not ask, in official order: founded since, or of a kind without a due date. */
export const listUnasked = ({ db }: Context, { id, unitId }: Pick<typeof reportCycles.$inferSelect, 'id' | 'unitId'>) =>
	db
		.select({ id: units.id, name: units.name, path: units.path })
		.from(units)
		.where(
			and(
				eq(units.parentId, unitId),
				isNull(units.closedOn),
				sql`not exists (select 1 from ${unitReports} r where r.cycle_id = ${id} and r.unit_id = ${units.id})`
			)
		)
		.orderBy(asc(units.position), asc(units.code));

/**
 * Asks further units right below for their annual report in a round that is open. Each is told.
 * @returns how many @throws invalid cycle.all-asked, not-found cycle.not-found
 */
export function widenCycle(ctx: SignedIn, input: v.InferOutput<typeof schemas.widenCycle>): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const { cycleId, unitIds, dueOn } = input;
		const cycle = await getCycle(ctx, cycleId, 'report:decide');
		await ctx.db.execute(sql`select 1 from ${reportCycles} where id = ${cycle.id} for update`);
		const asked = (await listUnasked(ctx, cycle))
			.filter(({ id }) => unitIds.includes(id))
			.map((unit) => ({ ...unit, reportId: newId() }));
		if (asked.length === 0) throw invalid('cycle.all-asked', { field: 'unitIds' });
		await ctx.db
			.insert(unitReports)
			.values(asked.map((unit) => ({ id: unit.reportId, cycleId, unitId: unit.id, dueOn })));
		await record(ctx, 'cycle.widened', cycleId, { unitIds: asked.map(({ id }) => id), dueOn });
		await tellWriters(
			ctx,
			asked.map(({ reportId, path }) => ({ id: reportId, unitPath: path, year: cycle.year, dueOn })),
			'report_asked',
			cycleId
		);
		return asked.length;
	});
}
