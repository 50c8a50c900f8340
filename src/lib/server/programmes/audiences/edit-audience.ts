import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { audiences } from '#db/schema/audiences.ts';
import type * as schemas from '#lib/schemas/audiences.ts';
import { record } from '../../audit/record.ts';
import { announce } from '../../platform/announce.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { conflict } from '../../platform/errors.ts';
import { addVersion, refuseTakenName } from './create-audience.ts';
import { demandNamed } from './demand-named.ts';
import { lockAudience } from './queries.ts';

/**
 * Words a rule anew: the former wording stays, and what came of it keeps naming it. A change of the name alone makes no version.
 * @throws conflict audience.archived | audience.changed-meanwhile | audience.name-taken, invalid audience.beyond-reach
 */
export function editAudience(
	ctx: SignedIn,
	{ audienceId, name, rule, number }: v.InferOutput<typeof schemas.editAudience>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const before = await lockAudience(ctx, audienceId);
		if (before.archivedAt) throw conflict('audience.archived');
		if (before.number !== number) throw conflict('audience.changed-meanwhile');
		await demandNamed(ctx, rule, [before.rule]);

		if (name !== before.name) {
			await atomically(ctx, ({ db }) => db.update(audiences).set({ name }).where(eq(audiences.id, audienceId))).catch(
				refuseTakenName
			);
			await record(ctx, 'audience.renamed', audienceId);
		}
		if (!isDeepStrictEqual(rule, before.rule)) {
			await addVersion(ctx, { audienceId, number: number + 1, rule });
			await record(ctx, 'audience.changed', audienceId, { number: number + 1 });
			await announce(ctx, 'audience.changed', { audienceIds: [audienceId] });
		}
		return audienceId;
	});
}
