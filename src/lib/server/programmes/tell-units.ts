import { announce } from '../platform/announce.ts';
import type { Context } from '../platform/context.ts';

type Touched = { unitId: string | null; dueOn: string };

/** Tells once per unit and year of the due date that obligations there have changed. */
export async function tellUnits(ctx: Context, touched: Touched[]): Promise<void> {
	const units = new Map<string, { unitId: string; year: number }>();
	for (const { unitId, dueOn } of touched) {
		const year = Number(dueOn.slice(0, 4));
		if (unitId) units.set(`${unitId} ${year}`, { unitId, year });
	}
	if (units.size > 0) await announce(ctx, 'obligations.changed', { units: [...units.values()] });
}
