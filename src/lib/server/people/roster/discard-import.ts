import { and, inArray, lt } from 'drizzle-orm';
import { rosterImportRows, rosterImports } from '#db/schema/people.ts';
import { record } from '../../audit/record.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { lockOwnImport } from './queries.ts';

/** Throws an import away: the file and its rows are gone, the roster is as it was. @throws conflict roster-import.moved-on */
export function discardImport(ctx: Context, { importId }: { importId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockOwnImport(ctx, importId, 'previewed', 'failed', 'reading');
		await forget(ctx, [importId]);
		await record(ctx, 'roster-import.discarded', importId);
	});
}

const daysKept = 30;

/** Throws away what nobody has committed within 30 days: a forgotten upload is a list of people lying about. */
export function discardForgotten(ctx: Context): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const forgotten = await ctx.db
			.select({ id: rosterImports.id })
			.from(rosterImports)
			.where(
				and(
					inArray(rosterImports.status, ['previewed', 'failed']),
					lt(rosterImports.createdAt, new Date(ctx.now.getTime() - daysKept * 86_400_000))
				)
			)
			.for('update', { skipLocked: true });
		await forget(
			ctx,
			forgotten.map(({ id }) => id)
		);
		return forgotten.length;
	});
}

async function forget({ db }: Context, ids: string[]): Promise<void> {
	if (ids.length === 0) return;
	await db.delete(rosterImportRows).where(inArray(rosterImportRows.importId, ids));
	await db.update(rosterImports).set({ status: 'discarded', file: null }).where(inArray(rosterImports.id, ids));
}
