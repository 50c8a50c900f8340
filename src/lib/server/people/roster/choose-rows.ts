import { and, eq, inArray } from 'drizzle-orm';
import type * as v from 'valibot';
import { rosterImportRows } from '#db/schema/people.ts';
import type * as schemas from '#lib/schemas/roster.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { lockOwnImport } from './queries.ts';

type Ticked = { importId: string; shown: number[]; chosen: number[] };

/** Keeps which rows are to be committed: those shown on a page, or all new or changed ones at once. @throws conflict roster-import.moved-on */
export function chooseRows(
	ctx: Context,
	{ all, none, ...ticked }: v.InferOutput<typeof schemas.chooseRows>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockOwnImport(ctx, ticked.importId, 'previewed');
		const verdict = all || none;
		if (!verdict) return keepTicks(ctx, ticked);
		await ctx.db
			.update(rosterImportRows)
			.set({ selected: Boolean(all) })
			.where(and(eq(rosterImportRows.importId, ticked.importId), eq(rosterImportRows.verdict, verdict)));
	});
}

/** Of the rows shown, exactly the ticked ones are chosen. */
export async function keepTicks({ db }: Context, { importId, shown, chosen }: Ticked): Promise<void> {
	const ticked = new Set(chosen);
	for (const selected of [true, false]) {
		const rows = shown.filter((row) => ticked.has(row) === selected);
		if (rows.length === 0) continue;
		await db
			.update(rosterImportRows)
			.set({ selected })
			.where(
				and(
					eq(rosterImportRows.importId, importId),
					inArray(rosterImportRows.row, rows),
					inArray(rosterImportRows.verdict, ['new', 'changed'])
				)
			);
	}
}
