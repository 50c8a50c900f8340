import { units } from '#db/schema/units.ts';
import type { Context } from '../../platform/context.ts';

/** Fewer people than this do not fill the offices of the demo province. */
export const fewest = 500;

/** Whether anything stands in the database already. */
export async function hasUnits({ db }: Context): Promise<boolean> {
	const [unit] = await db.select({ id: units.id }).from(units).limit(1);
	return unit !== undefined;
}
