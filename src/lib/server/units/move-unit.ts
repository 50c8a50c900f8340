import type * as v from 'valibot';
import type * as schemas from '#lib/schemas/units.ts';
import { isWithin } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { demandParentsStay } from './endings.ts';
import { changeFrom } from './periods.ts';
import { lockUnit } from './queries.ts';

/**
 * Places a unit, with everything below it, below another from a date on. Both ends must be within the actor's reach.
 * @throws conflict unit.below-itself | unit.is-root | unit.parent-closed | unit.parent-closes | unit.not-open
 */
export function moveUnit(
	ctx: Context,
	{ unitId, parentId, from }: v.InferOutput<typeof schemas.moveUnit>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const unit = await lockUnit(ctx, unitId, 'unit:edit');
		const parent = await lockUnit(ctx, parentId, 'unit:edit');
		if (unit.parentId === null) throw conflict('unit.is-root');
		if (isWithin(parent.path, unit.path)) throw conflict('unit.below-itself', { field: 'parentId' });
		if (parent.closedOn) throw conflict('unit.parent-closed', { field: 'parentId' });

		await changeFrom(ctx, unit.id, from, { parentId: parent.id });
		await demandParentsStay(ctx, unit.id, 'parentId');
		await record(ctx, 'unit.moved', unit.id, { parentId: parent.id, from });
	});
}
