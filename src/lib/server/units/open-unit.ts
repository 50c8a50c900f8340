import type * as v from 'valibot';
import { unitPeriods, units } from '#db/schema/units.ts';
import type * as schemas from '#lib/schemas/units.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, invalid, violatedConstraint } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { demandParentsStay } from './endings.ts';
import { lockUnit } from './queries.ts';

/**
 * Opens a unit below another from a date on; today or earlier, since a unit is first needed when people come to it.
 * @returns its id
 * @throws conflict unit.code-taken | unit.parent-closed | unit.parent-closes, invalid unit.opens-later
 */
export function openUnit(ctx: Context, input: v.InferOutput<typeof schemas.openUnit>): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const parent = await lockUnit(ctx, input.parentId, 'unit:edit');
		if (parent.closedOn) throw conflict('unit.parent-closed', { field: 'parentId' });
		if (input.from > dateOf(ctx.now)) throw invalid('unit.opens-later', { field: 'from' });

		const id = newId();
		const { name, code, kind, position, from } = input;
		await atomically(ctx, ({ db }) =>
			db.insert(units).values({
				id,
				path: `${parent.path}.${labelOf(id)}`,
				parentId: parent.id,
				kind,
				name,
				code,
				position,
				openedOn: from
			})
		).catch((error: unknown) => {
			if (violatedConstraint(error) === 'units_code_unique') throw conflict('unit.code-taken', { field: 'code' });
			throw error;
		});
		await ctx.db.insert(unitPeriods).values({ id: newId(), unitId: id, name, parentId: parent.id, startsOn: from });
		await demandParentsStay(ctx, id, 'parentId');
		await record(ctx, 'unit.opened', id, { parentId: parent.id, from });
		return id;
	});
}

/** A label for the path: letters and digits only, as PostgreSQL 15 asks of an ltree. */
export const labelOf = (id: string): string => BigInt(`0x${id.replaceAll('-', '')}`).toString(36);
