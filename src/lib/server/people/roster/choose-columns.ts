import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { rosterImports } from '#db/schema/people.ts';
import { type Columns, neededFields } from '#lib/schemas/roster.ts';
import type * as schemas from '#lib/schemas/roster.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { invalid } from '../../platform/errors.ts';
import { lockOwnImport } from './queries.ts';

/**
 * Says which column holds which field, where the headers did not, and has the file read again.
 * @throws invalid roster.column-twice | roster.column-needed, conflict roster-import.moved-on
 */
export function chooseColumns(
	ctx: Context,
	{ importId, columns }: v.InferOutput<typeof schemas.chooseColumns>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { headers } = await lockOwnImport(ctx, importId, 'previewed', 'failed');
		demandSense(columns, headers?.length ?? 0);
		await ctx.db
			.update(rosterImports)
			.set({ columns, status: 'reading', failure: null, rowsRead: 0 })
			.where(eq(rosterImports.id, importId));
		await enqueue(ctx, 'people.read-roster', { importId }, { key: `people.read-roster ${importId}` });
	});
}

function demandSense(columns: Columns, width: number): void {
	const missing = neededFields.find((field) => columns[field] === undefined);
	if (missing) throw invalid('roster.column-needed', { field: missing });

	const chosen = Object.entries(columns);
	const twice = chosen.find(([field, at]) => chosen.some(([other, same]) => other !== field && same === at));
	if (twice) throw invalid('roster.column-twice', { field: twice[0] });
	const outside = chosen.find(([, at]) => at >= width);
	if (outside) throw invalid('field.invalid', { field: outside[0] });
}
