import { isNull } from 'drizzle-orm';
import { grants, unitPeriods, units } from '#db/schema/units.ts';
import type { Actor, Context } from '#lib/server/platform/context.ts';
import { newId } from '#lib/server/platform/ids.ts';
import type { Role } from '#lib/server/platform/roles.ts';

export type Unit = typeof units.$inferSelect;

// Browser tests share one database: what each of their workers makes begins at another number.
let made = Number(process.env.TEST_WORKER_INDEX ?? 0) * 10_000;

/** The province department: the root, made on first use. */
export async function theProvince(ctx: Context): Promise<Unit> {
	return (
		(await findRoot(ctx)) ??
		insert(ctx, { path: 'p', parentId: null, kind: 'province', name: '示例省人力资源和社会保障厅' })
	);
}

async function findRoot({ db }: Context): Promise<Unit | undefined> {
	const [root] = await db.select().from(units).where(isNull(units.parentId));
	return root;
}

/** A unit below another (below the province by default). */
export async function aUnit(
	ctx: Context,
	{ below, ...values }: Partial<typeof units.$inferInsert> & { below?: Unit } = {}
): Promise<Unit> {
	const parent = below ?? (await theProvince(ctx));
	const number = ++made;
	return insert(ctx, {
		kind: 'division',
		name: `第${number}处`,
		path: `${parent.path}.u${number}`,
		parentId: parent.id,
		position: number,
		...values
	});
}

/** Gives a person a role over a unit, from long ago. */
export async function aGrant(ctx: Context, personId: string, role: Role, unit: Unit): Promise<void> {
	await ctx.db
		.insert(grants)
		.values({ id: newId(), personId, role, unitId: unit.id, startsOn: '2020-01-01', grantedAt: ctx.now });
}

/** The same context, in which a person acts with these roles. */
export function as<Ctx extends Context>(
	ctx: Ctx,
	personId: string,
	...held: { role: Role; unit: Unit }[]
): Ctx & { actor: Actor & { personId: string } } {
	return {
		...ctx,
		actor: {
			personId,
			unitPath: held[0]?.unit.path ?? null,
			grants: held.map(({ role, unit }) => ({ role, unitPath: unit.path }))
		}
	};
}

async function insert(
	ctx: Context,
	values: Omit<typeof units.$inferInsert, 'id' | 'code' | 'openedOn'> & Partial<typeof units.$inferInsert>
): Promise<Unit> {
	const unit = { id: newId(), code: `U${String(++made).padStart(5, '0')}`, openedOn: '2000-01-01', ...values };
	const [row] = await ctx.db.insert(units).values(unit).returning();
	await ctx.db.insert(unitPeriods).values({
		id: newId(),
		unitId: unit.id,
		name: unit.name,
		parentId: unit.parentId ?? null,
		startsOn: unit.openedOn
	});
	return row as Unit;
}
