import { and, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { reportFigures } from '#db/schema/unit-reports.ts';
import type * as schemas from '#lib/schemas/unit-reports.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { begin, lockWritable } from './save-section.ts';

const most = 60;

/** Adds a figure that the platform does not know. It names its source. @throws conflict report.handed-in | report.figures-full, invalid report.figure-twice, not-found report.not-found */
export function addFigure(ctx: SignedIn, input: v.InferOutput<typeof schemas.addFigure>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const report = await lockWritable(ctx, input.reportId);
		const own = await ctx.db
			.select({ label: reportFigures.label })
			.from(reportFigures)
			.where(eq(reportFigures.reportId, report.id));
		if (own.length >= most) throw conflict('report.figures-full', { values: { limit: most } });
		if (own.some(({ label }) => label === input.label)) throw invalid('report.figure-twice', { field: 'label' });
		await ctx.db.insert(reportFigures).values({ id: newId(), ...input, addedBy: ctx.actor.personId, addedAt: ctx.now });
		await begin(ctx, report);
	});
}

/** Takes a figure of one's own out of the draft again. @throws conflict report.handed-in, not-found report.not-found | figure.not-found */
export function removeFigure(
	ctx: SignedIn,
	{ reportId, figureId }: v.InferOutput<typeof schemas.removeFigure>
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockWritable(ctx, reportId);
		const removed = await ctx.db
			.delete(reportFigures)
			.where(and(eq(reportFigures.reportId, reportId), eq(reportFigures.id, figureId)))
			.returning({ id: reportFigures.id });
		if (removed.length === 0) throw notFound('figure');
		await record(ctx, 'report.figure-removed', reportId, { figureId });
	});
}
