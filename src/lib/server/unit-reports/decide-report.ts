import { eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { reportDecisions, reportExtensions, reportSignatures, unitReports } from '#db/schema/unit-reports.ts';
import type * as schemas from '#lib/schemas/unit-reports.ts';
import { demandNotOwn } from '../access/scope.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { dateOf } from '../platform/dates.ts';
import { conflict, invalid, notFound } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { latestVersion, lockReport } from './report-queries.ts';
import { canGo, isOpenToWriting } from './report-state.ts';
import { tellWriters } from './tell.ts';

/** Returns a report with remarks, to be handed in again by a date. Its unit is told. @throws conflict report.no-transition, invalid field.before-start, forbidden access.own-case, not-found report.not-found */
export function returnReport(ctx: SignedIn, input: v.InferOutput<typeof schemas.returnReport>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { reportId, remarks, againBy } = input;
		if (againBy < dateOf(ctx.now)) throw invalid('report.date-past', { field: 'againBy' });
		const { report, version } = await lockSubmitted(ctx, reportId, 'returned');
		await ctx.db.insert(reportDecisions).values({
			...{ versionId: version.id, decision: 'returned', remarks, againBy },
			...{ decidedBy: ctx.actor.personId, decidedAt: ctx.now }
		});
		await ctx.db.update(unitReports).set({ state: 'returned', dueOn: againBy }).where(eq(unitReports.id, reportId));
		await record(ctx, 'report.returned', reportId, { number: version.number, againBy });
		await tellWriters(
			ctx,
			[{ id: reportId, unitPath: report.unitPath, year: report.year, dueOn: againBy, because: remarks }],
			'report_returned',
			version.id
		);
	});
}

/** Accepts a report: from then on nothing in it changes. Its unit is told. @throws conflict report.no-transition, forbidden access.own-case, not-found report.not-found */
export function acceptReport(ctx: SignedIn, input: v.InferOutput<typeof schemas.acceptReport>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { reportId, remarks } = input;
		const { report, version } = await lockSubmitted(ctx, reportId, 'accepted');
		await ctx.db.insert(reportDecisions).values({
			...{ versionId: version.id, decision: 'accepted', remarks: remarks.trim() },
			...{ decidedBy: ctx.actor.personId, decidedAt: ctx.now }
		});
		await ctx.db.update(unitReports).set({ state: 'accepted' }).where(eq(unitReports.id, reportId));
		await record(ctx, 'report.accepted', reportId, { number: version.number, digest: version.digest });
		const told = { id: reportId, unitPath: report.unitPath, year: report.year };
		await tellWriters(ctx, [told], 'report_accepted', version.id);
	});
}

async function lockSubmitted(ctx: SignedIn, reportId: string, to: 'returned' | 'accepted') {
	const report = await lockReport(ctx, reportId, 'report:decide');
	const version = await latestVersion(ctx, reportId);
	if (!canGo(report.state, to) || !version) throw conflict('report.no-transition');
	demandNotOwn(ctx, version.submittedById);
	return { report, version };
}

/** The head of the unit signs what was handed in, as first responsible person. @throws conflict report.no-version | report.signed, not-found report.not-found */
export function signReport(ctx: SignedIn, { reportId }: { reportId: string }): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const report = await lockReport(ctx, reportId, 'report:sign');
		const version = await latestVersion(ctx, reportId);
		if (!version || isOpenToWriting(report.state)) throw conflict('report.no-version');
		if (version.signedAt) throw conflict('report.signed');
		await ctx.db
			.insert(reportSignatures)
			.values({ versionId: version.id, signedBy: ctx.actor.personId, signedAt: ctx.now });
		await record(ctx, 'report.signed', reportId, { number: version.number, digest: version.digest });
	});
}

/** Gives a unit more time, with the reason. It is told. @throws conflict report.handed-in, invalid report.not-later, not-found report.not-found */
export function extendReport(ctx: SignedIn, input: v.InferOutput<typeof schemas.extendReport>): Promise<void> {
	return atomically(ctx, async (ctx) => {
		const { cycleId, reportId, dueOn, reason } = input;
		const report = await lockReport(ctx, reportId, 'report:decide');
		if (report.cycleId !== cycleId) throw notFound('report');
		if (!isOpenToWriting(report.state)) throw conflict('report.handed-in');
		if (dueOn <= report.dueOn) throw invalid('report.not-later', { field: 'dueOn' });
		const id = newId();
		await ctx.db.insert(reportExtensions).values({
			...{ id, reportId, before: report.dueOn, after: dueOn, reason },
			...{ decidedBy: ctx.actor.personId, decidedAt: ctx.now }
		});
		await ctx.db.update(unitReports).set({ dueOn }).where(eq(unitReports.id, reportId));
		await record(ctx, 'report.extended', reportId, { before: report.dueOn, after: dueOn });
		await tellWriters(
			ctx,
			[{ id: reportId, unitPath: report.unitPath, year: report.year, dueOn, because: reason }],
			'report_extended',
			id
		);
	});
}
