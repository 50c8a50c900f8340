import { formatDate } from '#lib/format/dates.ts';
import { localized } from '#lib/format/localized.ts';
import type { Block, Outline } from '#lib/format/outline.ts';
import { outlineNumber } from '#lib/format/outline-number.ts';
import { m } from '#lib/paraglide/messages.js';
import { figureKeys } from '#lib/schemas/unit-reports.ts';
import type { ReportContent } from '#db/schema/unit-reports.ts';
import { paragraphs } from './report-outline.ts';
import { figureLabel, figureMeasure, figureValue, sectionTitle } from './report-words.ts';

type Accepted = { number: number; digest: string; content: ReportContent };
type Round = { unit: string; year: number; missing: string[] };

/** Accepted reports of a round as one document: by section, unit after unit in official order, with the totals of their figures. */
export function compiledOutline(round: Round, accepted: readonly Accepted[], zone: string): Outline {
	const contents = accepted.map(({ content }) => content);
	const sections = contents[0]?.sections ?? [];
	const blocks: Block[] = [{ kind: 'paragraph', text: m.report_compiled_from({ count: accepted.length }) }];
	if (round.missing.length > 0)
		blocks.push({ kind: 'paragraph', text: m.report_compiled_missing({ units: round.missing.join(m.plan_comma()) }) });

	let [group, place] = [0, 0];
	let current: string | null = null;
	for (const section of sections) {
		const heading = section.group && localized(section.group);
		if (heading && heading !== current) {
			current = heading;
			[group, place] = [group + 1, 0];
			blocks.push({ kind: 'heading', level: 1, text: `${outlineNumber([group])}${heading}` });
		}
		const way = heading ? [group, ++place] : [++group];
		blocks.push({
			kind: 'heading',
			level: heading ? 2 : 1,
			text: `${outlineNumber(way)}${sectionTitle(section)}`
		});
		contents.forEach((content, index) => {
			const own = content.sections.find(({ key }) => key === section.key);
			const text = `${outlineNumber([...way, index + 1])}${content.unit.name}`;
			blocks.push({ kind: 'heading', level: heading ? 3 : 2, text }, ...paragraphs(own?.text ?? ''));
		});
	}
	blocks.push({ kind: 'heading', level: 1, text: `${outlineNumber([group + 1])}${m.report_part_figures()}` });
	blocks.push(...figureBlocks(contents));
	blocks.push({ kind: 'heading', level: 1, text: `${outlineNumber([group + 2])}${m.report_compiled_versions()}` });
	blocks.push({
		kind: 'table',
		head: [m.report_column_unit(), m.report_column_version(), m.report_column_digest()],
		rows: accepted.map(({ content, number, digest }) => [content.unit.name, String(number), digest.slice(0, 16)]),
		numeric: [1]
	});
	const asOf = contents.flatMap(({ figures }) => figures.map((figure) => figure.asOf)).sort();
	if (asOf.length > 0)
		blocks.push({
			kind: 'note',
			text: m.report_compiled_as_of({
				from: formatDate(asOf[0]!.slice(0, 10), 'long', zone),
				to: formatDate(asOf.at(-1)!.slice(0, 10), 'long', zone)
			})
		});
	return {
		title: m.report_compiled_title({ unit: round.unit, year: round.year }),
		subtitle: '',
		blocks
	};
}

/** Each of the platform's figures, unit by unit, with the total; then what units stated themselves. */
function figureBlocks(contents: readonly ReportContent[]): Block[] {
	const valueOf = (content: ReportContent, key: string) =>
		content.figures.find((figure) => figure.key === key && figure.source === 'platform')?.value ?? 0;
	const total = (key: string) =>
		Math.round(contents.reduce((sum, content) => sum + valueOf(content, key), 0) * 100) / 100;
	const own = contents.flatMap(({ unit, figures }) =>
		figures
			.filter(({ source }) => source === 'manual')
			.map((figure) => [
				unit.name,
				figureLabel(figure),
				`${figureValue(figure.value)}${figureMeasure(figure)}`,
				figure.from ?? ''
			])
	);
	const blocks: Block[] = [
		{
			kind: 'table',
			head: [m.report_column_unit(), ...figureKeys.map((key) => figureLabel({ key }))],
			rows: [
				...contents.map((content) => [
					content.unit.name,
					...figureKeys.map((key) => figureValue(valueOf(content, key)))
				]),
				[m.report_total(), ...figureKeys.map((key) => figureValue(total(key)))]
			],
			numeric: figureKeys.map((_, index) => index + 1)
		}
	];
	if (own.length > 0)
		blocks.push({
			kind: 'table',
			head: [m.report_column_unit(), m.report_figure(), m.report_figure_value(), m.report_figure_source()],
			rows: own,
			numeric: [2]
		});
	return blocks;
}
