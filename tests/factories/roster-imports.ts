import { rosterImportRows, rosterImports } from '#db/schema/people.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { Person } from './people.ts';
import type { Unit } from './units.ts';

export type RosterImport = typeof rosterImports.$inferSelect;

let made = Number(process.env.TEST_WORKER_INDEX ?? 0) * 10_000;

/** A roster that somebody uploaded for a unit, read and previewed: one new person. */
export async function anImport(
	ctx: Context,
	{ unit, by, ...values }: Partial<typeof rosterImports.$inferInsert> & { unit: Unit; by: Person }
): Promise<RosterImport> {
	const staffNumber = `R${String(++made).padStart(6, '0')}`;
	const [uploaded] = await ctx.db
		.insert(rosterImports)
		.values({
			id: newId(),
			createdBy: by.id,
			createdAt: ctx.now,
			unitId: unit.id,
			fileName: `roster-${made}.csv`,
			file: Buffer.from(`工号,姓名,单位代码,职务,任职日期\n${staffNumber},单既明,${unit.code},科员,2026-03-01`),
			headers: ['工号', '姓名', '单位代码', '职务', '任职日期'],
			columns: { staffNumber: 0, name: 1, unitCode: 2, title: 3, startsOn: 4 },
			status: 'previewed',
			rowsRead: 1,
			rowsTotal: 1,
			...values
		})
		.returning();
	if (!uploaded) throw new Error('no import was inserted');
	await ctx.db.insert(rosterImportRows).values({
		importId: uploaded.id,
		row: 2,
		verdict: 'new',
		values: { staffNumber, name: '单既明', unitCode: unit.code, title: '科员', startsOn: '2026-03-01' }
	});
	return uploaded;
}
