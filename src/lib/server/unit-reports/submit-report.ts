import { eq, sql } from 'drizzle-orm';
import { type ReportContent, reportVersions, unitReports } from '#db/schema/unit-reports.ts';
import { record } from '../audit/record.ts';
import { atomically, type SignedIn } from '../platform/context.ts';
import { conflict } from '../platform/errors.ts';
import { digest, newId } from '../platform/ids.ts';
import { type Draft, readDraft } from './read-draft.ts';
import { canGo } from './report-state.ts';
import { lockReport } from './report-queries.ts';
import { tellDeciders } from './tell.ts';

/**
 * Hands a report in: its text, figures and evidence are frozen as the next version, with a digest over them. Every section says
 * something, if only that there is nothing to report.
 * @throws conflict report.no-transition | report.sections-empty, not-found report.not-found
 */
export function submitReport(ctx: SignedIn, { reportId }: { reportId: string }): Promise<number> {
	return atomically(ctx, async (ctx) => {
		const report = await lockReport(ctx, reportId, 'report:write');
		if (!canGo(report.state, 'submitted')) throw conflict('report.no-transition');
		const draft = await readDraft(ctx, report);
		const empty = draft.sections.filter(({ text }) => text.trim() === '').length;
		if (empty > 0) throw conflict('report.sections-empty', { values: { count: empty } });

		const content = frozen(draft);
		const [last] = await ctx.db
			.select({ number: sql<number>`coalesce(max(${reportVersions.number}), 0)::int` })
			.from(reportVersions)
			.where(eq(reportVersions.reportId, reportId));
		const version = { id: newId(), number: last!.number + 1, digest: digestOf(content) };
		await ctx.db.insert(reportVersions).values({
			...{ ...version, reportId, content, dueOn: report.dueOn },
			...{ submittedBy: ctx.actor.personId, submittedAt: ctx.now }
		});
		await ctx.db.update(unitReports).set({ state: 'submitted' }).where(eq(unitReports.id, reportId));
		await record(ctx, 'report.submitted', reportId, { number: version.number, digest: version.digest });
		const told = { id: reportId, unitPath: report.unitPath, year: report.year };
		await tellDeciders(ctx, report.cyclePath, told, 'report_submitted', version.id);
		return version.number;
	});
}

const frozen = ({ sections, ...content }: Draft): ReportContent => ({
	...content,
	sections: sections.map(({ key, group, title, asks, text }) => ({ key, group, title, asks, text }))
});

/** SHA-256 over a content, whatever the order of its keys: the database keeps JSON in an order of its own. */
export const digestOf = (content: ReportContent): string => digest(canonical(content));

function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const entries = Object.entries(value)
		.filter(([, part]) => part !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}
