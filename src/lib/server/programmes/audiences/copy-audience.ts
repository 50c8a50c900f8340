import type * as v from 'valibot';
import type * as schemas from '#lib/schemas/audiences.ts';
import { atomically, type SignedIn } from '../../platform/context.ts';
import { insertAudience } from './create-audience.ts';
import { getAudience } from './queries.ts';

/** Another audience of the same unit that begins with the same rule. @returns its id @throws conflict audience.name-taken */
export function copyAudience(
	ctx: SignedIn,
	{ audienceId, name }: v.InferOutput<typeof schemas.copyAudience>
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const { unitId, rule } = await getAudience(ctx, audienceId, 'programme:edit');
		return insertAudience(ctx, { unitId, name, rule, copiedFrom: audienceId });
	});
}
