import { unitPeriods, units } from '#db/schema/units.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { labelOf } from './open-unit.ts';
import { findRoot, type Unit } from './queries.ts';

/** Opens the topmost unit of an empty database. Who may is decided by who has a shell. @throws conflict unit.root-exists */
export function openRoot(ctx: Context, name: string): Promise<Unit> {
	return atomically(ctx, async (ctx) => {
		if (await findRoot(ctx)) throw conflict('unit.root-exists');

		const [id, today] = [newId(), dateOf(ctx.now)];
		const [root] = await ctx.db
			.insert(units)
			.values({ id, path: labelOf(id), kind: 'province', name, code: '1', openedOn: today })
			.returning();
		if (!root) throw conflict('unit.root-exists');
		await ctx.db.insert(unitPeriods).values({ id: newId(), unitId: id, name, startsOn: today });
		await record(ctx, 'unit.opened', id, { from: today });
		return root;
	});
}
