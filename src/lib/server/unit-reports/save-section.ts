import { and, eq } from 'drizzle-orm';
import type * as v from 'valibot';
import { people } from '#db/schema/people.ts';
import { reportSections, unitReports } from '#db/schema/unit-reports.ts';
import { fixedSections } from '#lib/schemas/unit-reports.ts';
import type * as schemas from '#lib/schemas/unit-reports.ts';
import { record } from '../audit/record.ts';
import { atomically, type Context, type SignedIn } from '../platform/context.ts';
import { conflict, notFound } from '../platform/errors.ts';
import { listItems } from './plan/queries.ts';
import { lockReport, type UnitReport } from './report-queries.ts';
import { isOpenToWriting } from './report-state.ts';

/** Saved as which version; or what somebody else saved meanwhile, with nothing overwritten. */
export type Saving =
	| { saved: true; version: number; at: Date }
	| { saved: false; section: string; mine: string; theirs: { text: string; version: number; by: string; at: Date } };

/**
 * Saves a section of a draft, unless somebody else saved it after it was read: then both texts are told, and whoever writes decides.
 * The first saving begins the draft.
 * @throws conflict report.handed-in, not-found report.not-found | section.not-found
 */
export function saveSection(ctx: SignedIn, input: v.InferOutput<typeof schemas.saveSection>): Promise<Saving> {
	return atomically(ctx, async (ctx) => {
		const { reportId, section: key, version, text } = input;
		const report = await lockWritable(ctx, reportId);
		await demandSection(ctx, report, key);

		const [kept] = await ctx.db
			.select({
				text: reportSections.text,
				version: reportSections.version,
				at: reportSections.updatedAt,
				by: people.name
			})
			.from(reportSections)
			.innerJoin(people, eq(people.id, reportSections.updatedBy))
			.where(and(eq(reportSections.reportId, reportId), eq(reportSections.key, key)));
		if (kept && kept.text === text) return { saved: true, version: kept.version, at: kept.at };
		if (kept && kept.version !== version) return { saved: false, section: key, mine: text, theirs: kept };

		const next = { text, version: (kept?.version ?? 0) + 1, updatedBy: ctx.actor.personId, updatedAt: ctx.now };
		await ctx.db
			.insert(reportSections)
			.values({ reportId, key, ...next })
			.onConflictDoUpdate({ target: [reportSections.reportId, reportSections.key], set: next });
		await begin(ctx, report);
		return { saved: true, version: next.version, at: ctx.now };
	});
}

/** Several sections at once, each by itself: what somebody else saved first does not keep the others from being saved. */
export function saveSections(
	ctx: SignedIn,
	{ report: reportId, sections }: v.InferOutput<typeof schemas.sentSections>
): Promise<Saving[]> {
	return atomically(ctx, async (ctx) => {
		await lockWritable(ctx, reportId);
		const savings: Saving[] = [];
		for (const section of sections) savings.push(await saveSection(ctx, { reportId, ...section }));
		return savings;
	});
}

/** Takes the row of a report that its unit may write at now. @throws conflict report.handed-in, not-found report.not-found */
export async function lockWritable(ctx: SignedIn, reportId: string): Promise<UnitReport> {
	const report = await lockReport(ctx, reportId, 'report:write');
	if (!isOpenToWriting(report.state)) throw conflict('report.handed-in');
	return report;
}

/** What is written first makes a draft of a report that was not begun. */
export async function begin(ctx: SignedIn, { id, state }: Pick<UnitReport, 'id' | 'state'>): Promise<void> {
	if (state !== 'not-started') return;
	await ctx.db.update(unitReports).set({ state: 'draft' }).where(eq(unitReports.id, id));
	await record(ctx, 'report.begun', id);
}

/** @throws not-found section.not-found */
export async function demandSection(ctx: Context, { planId }: Pick<UnitReport, 'planId'>, key: string): Promise<void> {
	if ((fixedSections as readonly string[]).includes(key)) return;
	const items = await listItems(ctx, planId);
	if (!items.some(({ id, asks }) => id === key && asks !== null)) throw notFound('section');
}
