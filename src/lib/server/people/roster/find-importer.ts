import { eq, isNull } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import { units } from '#db/schema/units.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { getUnit, type Unit } from '../../units/queries.ts';
import { importingActor } from './importing-actor.ts';
import { listImportUnits } from './queries.ts';

/**
 * Who a command on the server acts as, and for which unit: the platform for the whole tree, unless it says otherwise.
 * @throws not-found person | unit
 */
export async function findImporter(
	ctx: Context,
	{ as, unitCode }: { as?: string; unitCode?: string }
): Promise<{ ctx: Context; unit: Unit }> {
	if (as === undefined) return { ctx, unit: await unitOf(ctx, unitCode) };

	const [person] = await ctx.db.select({ id: people.id }).from(people).where(eq(people.staffNumber, as));
	if (!person) throw notFound('person');
	const acting = { ...ctx, actor: await importingActor(ctx, person.id) };
	const [first] = await listImportUnits(acting);
	const id = unitCode === undefined ? first?.id : (await unitOf(ctx, unitCode)).id;
	return { ctx: acting, unit: await getUnit(acting, id ?? '', 'people:import') };
}

async function unitOf({ db }: Context, code: string | undefined): Promise<Unit> {
	const [unit] = await db
		.select()
		.from(units)
		.where(code === undefined ? isNull(units.parentId) : eq(units.code, code));
	if (!unit) throw notFound('unit');
	return unit;
}
