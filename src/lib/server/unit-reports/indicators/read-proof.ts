import { and, eq } from 'drizzle-orm';
import { indicatorEvidence } from '#db/schema/indicators.ts';
import type { Context } from '../../platform/context.ts';
import { notFound } from '../../platform/errors.ts';
import { type KeptFile, readFile } from '../../platform/files/read-file.ts';
import { isId } from '../../platform/ids.ts';
import { getSet, getSheet } from './queries.ts';

/** A file that proves a self-score. @throws not-found indicators.not-found | sheet.not-found | file.not-found */
export async function readProof(ctx: Context, setId: string, unitId: string, fileId: string): Promise<KeptFile> {
	const sheet = await getSheet(ctx, await getSet(ctx, setId), unitId);
	const [found] = isId(fileId)
		? await ctx.db
				.select({ fileId: indicatorEvidence.fileId })
				.from(indicatorEvidence)
				.where(and(eq(indicatorEvidence.sheetId, sheet.id), eq(indicatorEvidence.fileId, fileId)))
		: [];
	if (!found) throw notFound('file');
	return readFile(ctx, found.fileId);
}
