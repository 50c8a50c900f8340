import { eq } from 'drizzle-orm';
import { units } from '#db/schema/units.ts';
import { demandWithin } from '../../access/scope.ts';
import type { Context } from '../../platform/context.ts';
import type { Reading } from '../formats/format.ts';
import { type Judged, judgeReading } from './judge-reading.ts';

/** What an import would do, nothing written. @throws not-found unit.not-found */
export async function previewQuestions(ctx: Context, unitId: string, reading: Reading): Promise<Judged> {
	const [unit] = await ctx.db.select({ path: units.path }).from(units).where(eq(units.id, unitId));
	demandWithin(ctx, 'question:edit', unit?.path, 'unit');
	return judgeReading(ctx, reading);
}
