import { formatDate } from '#lib/format/dates.ts';
import { localized, type Localized } from '#lib/format/localized.ts';
import type { Block, Outline } from '#lib/format/outline.ts';
import { outlineNumber } from '#lib/format/outline-number.ts';
import { m } from '#lib/paraglide/messages.js';
import { fixedSections } from '#lib/schemas/unit-reports.ts';
import type { FrozenFigure, FrozenSection, ReportContent } from '#db/schema/unit-reports.ts';
import { figureLabel, figureMeasure, figureValue, sectionTitle } from './report-words.ts';

/** What a printed report says of the version it is made from. */
export type VersionFacts = {
	number: number;
	digest: string;
	submittedAt: Date;
	submittedBy: string | null;
	signedBy: string | null;
	signedAt: Date | null;
};

/** The annual report of one unit as a document, from what was frozen when it was handed in. */
export function reportOutline(content: ReportContent, version: VersionFacts, zone: string): Outline {
	const items = content.sections.filter(({ key }) => !isFixed(key));
	const fixed = content.sections.filter(({ key }) => isFixed(key));
	const blocks: Block[] = [{ kind: 'heading', level: 1, text: numbered([1], m.report_part_items()) }];

	let [group, place] = [0, 0];
	let current: Localized | null = null;
	for (const section of items) {
		if (section.group && section.group['zh-CN'] !== current?.['zh-CN']) {
			current = section.group;
			[group, place] = [group + 1, 0];
			blocks.push({ kind: 'heading', level: 2, text: numbered([1, group], localized(section.group)) });
		}
		const way = section.group ? [1, group, ++place] : [1, ++group];
		blocks.push({ kind: 'heading', level: section.group ? 3 : 2, text: numbered(way, sectionTitle(section)) });
		blocks.push(...paragraphs(section.text), ...evidenceOf(content, section.key));
	}
	fixed.forEach((section, index) => {
		blocks.push({ kind: 'heading', level: 1, text: numbered([index + 2], sectionTitle(section)) });
		blocks.push(...paragraphs(section.text), ...evidenceOf(content, section.key));
	});
	blocks.push({ kind: 'heading', level: 1, text: numbered([fixed.length + 2], m.report_part_figures()) });
	blocks.push(figureTable(content.figures, zone), { kind: 'note', text: m.report_figures_note() });
	blocks.push({
		kind: 'signatures',
		lines: [
			{ label: m.report_sign_head(), value: version.signedBy ?? '' },
			{ label: m.report_sign_by(), value: version.submittedBy ?? '' },
			{ label: m.report_sign_date(), value: version.signedAt ? formatDate(version.signedAt, 'long', zone) : '' },
			{ label: m.report_sign_seal(), value: '' }
		]
	});
	blocks.push({
		kind: 'note',
		text: m.report_version_note({
			number: version.number,
			at: formatDate(version.submittedAt, 'instant', zone),
			digest: version.digest
		})
	});
	return {
		title: m.report_document_title({ unit: content.unit.name, year: content.year }),
		subtitle: m.report_document_to({ unit: content.to.name }),
		blocks
	};
}

const isFixed = (key: string) => (fixedSections as readonly string[]).includes(key);

const numbered = (way: number[], text: string): string => `${outlineNumber(way)}${text}`;

/** One paragraph for every line that says something. */
export const paragraphs = (text: string): Block[] =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.map((line) => ({ kind: 'paragraph', text: line }));

function evidenceOf({ evidence }: ReportContent, section: FrozenSection['key']): Block[] {
	const names = evidence.filter((file) => file.section === section).map(({ name }) => name);
	return names.length === 0
		? []
		: [{ kind: 'note', text: m.report_evidence_list({ files: names.join(m.plan_comma()) }) }];
}

/** Figures with their source and the date up to which they count. */
export function figureTable(figures: readonly FrozenFigure[], zone: string): Block {
	return {
		kind: 'table',
		head: [m.report_figure(), m.report_figure_value(), m.report_figure_source(), m.report_figure_as_of()],
		rows: figures.map((figure) => [
			figureLabel(figure),
			`${figureValue(figure.value)}${figureMeasure(figure)}`,
			figure.from ?? m.report_source_platform(),
			formatDate(figure.asOf, figure.asOf.length === 10 ? 'date' : 'instant', zone)
		]),
		numeric: [1]
	};
}
