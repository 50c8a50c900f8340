import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { files } from '#db/schema/files.ts';
import { people } from '#db/schema/people.ts';
import {
	type FrozenFigure,
	type FrozenSection,
	type ReportContent,
	reportEvidence,
	reportFigures,
	reportSections
} from '#db/schema/unit-reports.ts';
import { workPlans } from '#db/schema/work-plans.ts';
import type { Context } from '../platform/context.ts';
import { readFigures } from './figures.ts';
import { listItems } from './plan/queries.ts';
import type { UnitReport } from './report-queries.ts';
import { sectionsOf } from './sections.ts';

/** A section of the draft: its text, which saving it is (0: nothing yet), and whose. */
export type DraftSection = FrozenSection & { version: number; by: string | null; at: Date | null };

export type Draft = Omit<ReportContent, 'sections'> & { sections: DraftSection[] };

type Which = Pick<UnitReport, 'id' | 'unitId' | 'unit' | 'unitPath' | 'toId' | 'to' | 'year' | 'planId'>;

/** A report as it stands in the draft, with the platform's figures of this moment. */
export async function readDraft(ctx: Context, report: Which): Promise<Draft> {
	const { db } = ctx;
	// One after the other: handing in reads the draft in its transaction, which answers one question at a time.
	const items = await listItems(ctx, report.planId);
	const written = await db
		.select({
			key: reportSections.key,
			text: reportSections.text,
			version: reportSections.version,
			at: reportSections.updatedAt,
			by: people.name
		})
		.from(reportSections)
		.innerJoin(people, eq(people.id, reportSections.updatedBy))
		.where(eq(reportSections.reportId, report.id));
	const href = `/manage/reports/${report.id}/figures`;
	const figures = await readFigures(ctx, { unitPath: report.unitPath, year: report.year, href });
	const manual = await db
		.select()
		.from(reportFigures)
		.where(eq(reportFigures.reportId, report.id))
		.orderBy(asc(reportFigures.addedAt));
	const evidence = await listEvidence(ctx, report.id);
	const [plan] = await db
		.select({ id: workPlans.id, title: workPlans.title })
		.from(workPlans)
		.where(eq(workPlans.id, report.planId));
	const texts = new Map(written.map((section) => [section.key, section]));
	return {
		year: report.year,
		unit: { id: report.unitId, name: report.unit },
		to: { id: report.toId, name: report.to },
		plan: plan!,
		sections: sectionsOf(items).map((frame) => ({
			...{ text: '', version: 0, by: null, at: null },
			...frame,
			...texts.get(frame.key)
		})),
		figures: [
			...figures,
			...manual.map(({ id, label, value, measure, source, asOf }): FrozenFigure => ({
				...{ key: id, source: 'manual', value, label, measure, from: source, asOf }
			}))
		],
		evidence
	};
}

/** The evidence of a draft, by section. */
export function listEvidence({ db }: Context, reportId: string) {
	return db
		.select({
			fileId: reportEvidence.fileId,
			name: files.name,
			size: files.size,
			section: reportEvidence.section,
			hash: files.hash
		})
		.from(reportEvidence)
		.innerJoin(files, eq(files.id, reportEvidence.fileId))
		.where(and(eq(reportEvidence.reportId, reportId), isNull(reportEvidence.removedAt)))
		.orderBy(sql`${files.broughtAt}, ${files.id}`);
}
