import { eq, sql } from 'drizzle-orm';
import { promotionRequirements, promotions } from '#db/schema/promotions.ts';
import type { SignedIn } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { type KeptFile, readFile } from '../platform/files/read-file.ts';
import { getCase } from './queries.ts';

/** The evidence of an exemption, for those who decide and for the person. @throws not-found promotion | file */
export async function readProof(ctx: SignedIn, promotionId: string, fileId: string): Promise<KeptFile> {
	const [kept] = await ctx.db
		.select({ personId: promotions.personId })
		.from(promotionRequirements)
		.innerJoin(promotions, eq(promotions.id, promotionRequirements.promotionId))
		.where(
			sql`${promotionRequirements.promotionId} = ${promotionId} and ${promotionRequirements.exemptProofId} = ${fileId}`
		);
	if (kept?.personId !== ctx.actor.personId) await getCase(ctx, promotionId, 'promotion:edit');
	if (!kept) throw notFound('file');
	return readFile(ctx, fileId);
}
