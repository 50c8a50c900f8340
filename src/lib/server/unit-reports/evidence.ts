import { and, eq, isNull } from 'drizzle-orm';
import { reportEvidence } from '#db/schema/unit-reports.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { documents, pictures } from '../platform/files/file-type.ts';
import { keepFile, type Upload } from '../platform/files/keep-file.ts';
import { readFile, type KeptFile } from '../platform/files/read-file.ts';
import { isId } from '../platform/ids.ts';
import { getReport } from './report-queries.ts';
import { begin, demandSection, lockWritable } from './save-section.ts';

/** What proves something: documents and pictures. */
export const evidenceTypes = [...documents, ...pictures];

const most = 100;

/** Adds a file that proves what a section says. @returns id of the file @throws invalid file.…, conflict report.handed-in | report.files-full, not-found report.not-found | section.not-found */
export function addEvidence(
	ctx: SignedIn,
	{ reportId, section, upload }: { reportId: string; section: string; upload: Upload }
): Promise<string> {
	return atomically(ctx, async (ctx) => {
		const report = await lockWritable(ctx, reportId);
		await demandSection(ctx, report, section);
		const held = await ctx.db.$count(
			reportEvidence,
			and(eq(reportEvidence.reportId, reportId), isNull(reportEvidence.removedAt))
		);
		if (held >= most) throw conflict('report.files-full', { field: 'file', values: { limit: most } });
		const fileId = await keepFile(ctx, upload, { types: evidenceTypes });
		await ctx.db.insert(reportEvidence).values({ reportId, fileId, section });
		await begin(ctx, report);
		await record(ctx, 'report.evidence-added', reportId, { fileId });
		return fileId;
	});
}

/** Takes a file out of the draft. What was handed in with it keeps it. @throws conflict report.handed-in, not-found report.not-found | file.not-found */
export function removeEvidence(
	ctx: SignedIn,
	{ reportId, fileId }: { reportId: string; fileId: string }
): Promise<void> {
	return atomically(ctx, async (ctx) => {
		await lockWritable(ctx, reportId);
		const removed = await ctx.db
			.update(reportEvidence)
			.set({ removedAt: ctx.now })
			.where(
				and(eq(reportEvidence.reportId, reportId), eq(reportEvidence.fileId, fileId), isNull(reportEvidence.removedAt))
			)
			.returning({ fileId: reportEvidence.fileId });
		if (removed.length === 0) throw notFound('file');
		await record(ctx, 'report.evidence-removed', reportId, { fileId });
	});
}

/** A file of a report that the actor may look at. @throws not-found report.not-found | file.not-found */
export async function readEvidence(ctx: Context, reportId: string, fileId: string): Promise<KeptFile> {
	await getReport(ctx, reportId);
	const [found] = isId(fileId)
		? await ctx.db
				.select({ fileId: reportEvidence.fileId })
				.from(reportEvidence)
				.where(and(eq(reportEvidence.reportId, reportId), eq(reportEvidence.fileId, fileId)))
		: [];
	if (!found) throw notFound('file');
	return readFile(ctx, found.fileId);
}
