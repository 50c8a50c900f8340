import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { rosterImports } from '#db/schema/people.ts';
import type * as schemas from '#lib/schemas/roster.ts';
import { atomically, type Context } from '../../platform/context.ts';
import { enqueue } from '../../platform/enqueue.ts';
import { conflict } from '../../platform/errors.ts';
import { keepTicks } from './choose-rows.ts';
import { countRows, lockOwnImport } from './queries.ts';

/** Has the chosen rows written to the roster by a job; asking twice writes once. @throws conflict roster-import.moved-on | roster-import.nothing-chosen */
export function requestCommit(ctx: Context, ticked: v.InferOutput<typeof schemas.decideImport>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockOwnImport(ctx, ticked.importId, 'previewed');
		await keepTicks(ctx, ticked);
		if ((await countRows(ctx, ticked.importId)).selected === 0) throw conflict('roster-import.nothing-chosen');
		await ctx.db
			.update(rosterImports)
			.set({ status: 'committing', failure: null })
			.where(eq(rosterImports.id, ticked.importId));
		await enqueue(
			ctx,
			'people.commit-roster',
			{ importId: ticked.importId },
			{ key: `people.commit-roster ${ticked.importId}` }
		);
	});
}
