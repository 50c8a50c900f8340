import type * as v from 'valibot';
import type * as schemas from '#lib/schemas/units.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { changeFrom } from './periods.ts';
import { lockUnit } from './queries.ts';

/** Gives a unit another name from a date on; before it, the old name stays. @throws conflict unit.not-open */
export function renameUnit(
	ctx: Context,
	{ unitId, name, from }: v.InferOutput<typeof schemas.renameUnit>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const unit = await lockUnit(ctx, unitId, 'unit:edit');
		await changeFrom(ctx, unit.id, from, { name });
		await record(ctx, 'unit.renamed', unit.id, { from });
	});
}
