import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { audiences } from '#db/schema/audiences.ts';
import type * as schemas from '#lib/schemas/audiences.ts';
import { record } from '../../audit/record.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { listUses, lockAudience } from './queries.ts';

/** Puts an audience away: it can be assigned to no more, and its name is free again. @throws conflict audience.archived | audience.in-use */
export function archiveAudience(
	ctx: SignedIn,
	{ audienceId }: v.InferOutput<typeof schemas.archiveAudience>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { archivedAt } = await lockAudience(ctx, audienceId);
		if (archivedAt) throw conflict('audience.archived');
		if ((await listUses(ctx, audienceId)).length > 0) throw conflict('audience.in-use');
		await ctx.db.update(audiences).set({ archivedAt: ctx.now }).where(eq(audiences.id, audienceId));
		await record(ctx, 'audience.archived', audienceId);
	});
}
