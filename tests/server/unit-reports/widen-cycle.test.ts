import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { notifications } from '#db/schema/notifications.ts';
import { listReports } from '#lib/server/unit-reports/cycle-queries.ts';
import { listUnasked, widenCycle } from '#lib/server/unit-reports/widen-cycle.ts';
import { aReport, holderAt } from '#tests/factories/unit-reports.ts';
import { aUnit } from '#tests/factories/units.ts';
import { test } from '#tests/setup/test.ts';

test('a round is widened to units right below that it does not ask yet; each is told, and asked once', async ({
	ctx
}) => {
	const { cycleId, above, unit, legal } = await aReport(ctx);
	const founded = await aUnit(ctx, { below: above, kind: 'county' });
	const further = await aUnit(ctx, { below: unit, kind: 'county' });
	const liaison = await holderAt(ctx, 'liaison', founded);
	const cycle = { id: cycleId, unitId: above.id };
	expect((await listUnasked(ctx, cycle)).map(({ id }) => id)).toEqual([founded.id]);

	const wider = { cycleId, unitIds: [founded.id, further.id, unit.id], dueOn: '2027-02-01' };
	await expect(widenCycle(liaison, wider)).rejects.toThrow('cycle.not-found');
	expect(await widenCycle(legal, wider)).toBe(1);
	expect(await listUnasked(ctx, cycle)).toEqual([]);
	const lines = await listReports(ctx, { cycleId });
	expect(lines.find(({ unitId }) => unitId === founded.id)).toMatchObject({
		dueOn: '2027-02-01',
		state: 'not-started'
	});
	const { personId } = liaison.actor;
	const told = await ctx.db.select().from(notifications).where(eq(notifications.personId, personId));
	expect(told).toMatchObject([{ kind: 'report_asked', values: { year: 2026, dueOn: '2027-02-01' } }]);
	await expect(widenCycle(legal, wider)).rejects.toThrow('cycle.all-asked');
});
