import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { getReport, listVersions, type Version } from './report-queries.ts';

/** A version of a report by its number, or the latest one. @throws not-found report.not-found | version.not-found */
export async function getVersion(ctx: Context, reportId: string, number: string | null): Promise<Version> {
	const report = await getReport(ctx, reportId);
	const versions = await listVersions(ctx, report.id);
	const version = number === null ? versions[0] : versions.find((each) => String(each.number) === number);
	if (!version) throw notFound('version');
	return version;
}
