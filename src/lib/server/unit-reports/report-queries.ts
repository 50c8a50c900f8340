import { and, desc, eq, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';
import {
	reportCycles,
	reportDecisions,
	reportExtensions,
	reportSignatures,
	reportVersions,
	unitReports
} from '#db/schema/unit-reports.ts';
import { units } from '#db/schema/units.ts';
import { can, demandWithin } from '../access/scope.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { isId } from '../platform/ids.ts';
import { isOpenToWriting } from './report-state.ts';

export type UnitReport = Awaited<ReturnType<typeof findReport>>;

/** A report that the actor may look at, with what they may do about it. @throws not-found report.not-found */
export async function getReport(ctx: Context, reportId: string) {
	const report = await findReport(ctx, reportId);
	demandWithin(ctx, 'report:view', report.unitPath, 'report');
	const writes = can(ctx.actor, 'report:write', report.unitPath);
	const decides = can(ctx.actor, 'report:decide', report.cyclePath);
	return {
		...report,
		may: {
			write: writes && isOpenToWriting(report.state),
			/** Those who write or sign see the draft; those above what was handed in. */
			seeDraft: writes || can(ctx.actor, 'report:sign', report.unitPath),
			decide: decides,
			comment: can(ctx.actor, 'report:comment', report.unitPath),
			sign: can(ctx.actor, 'report:sign', report.unitPath),
			seePeople: can(ctx.actor, 'completion:people', report.unitPath)
		}
	};
}

/** Takes the row of a report for its unit to write, or for those above to decide about. @throws not-found report.not-found */
export async function lockReport(
	ctx: Context,
	reportId: string,
	ability: 'report:write' | 'report:decide' | 'report:sign'
) {
	if (isId(reportId))
		await ctx.db.select({ id: unitReports.id }).from(unitReports).where(eq(unitReports.id, reportId)).for('update');
	const report = await findReport(ctx, reportId);
	demandWithin(ctx, ability, ability === 'report:decide' ? report.cyclePath : report.unitPath, 'report');
	return report;
}

async function findReport({ db }: Context, reportId: string) {
	const [found] = isId(reportId)
		? await db
				.select({
					report: unitReports,
					cycle: reportCycles,
					unit: units.name,
					unitPath: units.path,
					to: sql<string>`owner.name`,
					cyclePath: sql<string>`owner.path::text`
				})
				.from(unitReports)
				.innerJoin(reportCycles, eq(reportCycles.id, unitReports.cycleId))
				.innerJoin(units, eq(units.id, unitReports.unitId))
				.innerJoin(sql`units owner`, sql`owner.id = ${reportCycles.unitId}`)
				.where(eq(unitReports.id, reportId))
		: [];
	if (!found) throw notFound('report');
	const { report, cycle, ...of } = found;
	return { ...report, ...of, year: cycle.year, planId: cycle.planId, toId: cycle.unitId, cycle };
}

/** Versions of a report, the latest first, with who handed them in, signed and decided. */
export function listVersions({ db }: Context, reportId: string) {
	const name = (id: unknown) => sql<string | null>`(select p.name from ${people} p where p.id = ${id})`;
	return db
		.select({
			id: reportVersions.id,
			number: reportVersions.number,
			content: reportVersions.content,
			digest: reportVersions.digest,
			dueOn: reportVersions.dueOn,
			submittedAt: reportVersions.submittedAt,
			submittedById: reportVersions.submittedBy,
			submittedBy: name(reportVersions.submittedBy),
			signedAt: reportSignatures.signedAt,
			signedBy: name(reportSignatures.signedBy),
			decision: reportDecisions.decision,
			remarks: reportDecisions.remarks,
			againBy: reportDecisions.againBy,
			decidedAt: reportDecisions.decidedAt,
			decidedBy: name(reportDecisions.decidedBy)
		})
		.from(reportVersions)
		.leftJoin(reportSignatures, eq(reportSignatures.versionId, reportVersions.id))
		.leftJoin(reportDecisions, eq(reportDecisions.versionId, reportVersions.id))
		.where(eq(reportVersions.reportId, reportId))
		.orderBy(desc(reportVersions.number));
}

export type Version = Awaited<ReturnType<typeof listVersions>>[number];

/** The latest version; undefined before anything was handed in. */
export const latestVersion = async (ctx: Context, reportId: string): Promise<Version | undefined> =>
	(await listVersions(ctx, reportId))[0];

/** Due dates that were put off, the latest first. */
export const listExtensions = ({ db }: Context, reportId: string) =>
	db
		.select({
			before: reportExtensions.before,
			after: reportExtensions.after,
			reason: reportExtensions.reason,
			decidedAt: reportExtensions.decidedAt,
			decidedBy: people.name
		})
		.from(reportExtensions)
		.innerJoin(people, eq(people.id, reportExtensions.decidedBy))
		.where(and(eq(reportExtensions.reportId, reportId)))
		.orderBy(desc(reportExtensions.decidedAt));
