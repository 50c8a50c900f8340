import type { State } from '#lib/components/ui/Status.svelte';
import { localized, type Localized } from '#lib/format/localized.ts';
import { formatNumber } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { FigureKey, FixedSection } from '#lib/schemas/unit-reports.ts';
import type { FrozenFigure } from '#db/schema/unit-reports.ts';
import type { ReportState } from '#lib/server/unit-reports/report-state.ts';

export const stateWords: Record<ReportState, () => string> = {
	'not-started': m.report_state_not_started,
	draft: m.report_state_draft,
	submitted: m.report_state_submitted,
	returned: m.report_state_returned,
	accepted: m.report_state_accepted
};

/** The shape that stands before the word. */
export const stateShapes: Record<ReportState, State> = {
	'not-started': 'none',
	draft: 'going',
	submitted: 'soon',
	returned: 'moved',
	accepted: 'done'
};

const fixedTitles: Record<FixedSection, () => string> = {
	shortcomings: m.report_section_shortcomings,
	head: m.report_section_head,
	next: m.report_section_next
};

/** The title of a section: an item's as the plan has it, of the others the interface's. */
export const sectionTitle = ({ key, title }: { key: string; title: Localized }): string =>
	fixedTitles[key as FixedSection]?.() ?? localized(title);

type FigureWords = { label: () => string; measure: () => string };

const figureWords: Record<FigureKey, FigureWords> = {
	peopleDue: { label: m.report_figure_people_due, measure: m.report_measure_people },
	peopleCompleted: { label: m.report_figure_people_completed, measure: m.report_measure_people },
	examsDue: { label: m.report_figure_exams_due, measure: m.report_measure_times },
	examsSat: { label: m.report_figure_exams_sat, measure: m.report_measure_times },
	examsPassed: { label: m.report_figure_exams_passed, measure: m.report_measure_times },
	hours: { label: m.report_figure_hours, measure: m.report_measure_hours },
	classes: { label: m.report_figure_classes, measure: m.report_measure_times },
	collectiveStudy: { label: m.report_figure_collective, measure: m.report_measure_times },
	promoted: { label: m.report_figure_promoted, measure: m.report_measure_people },
	promotedOnTime: { label: m.report_figure_promoted_on_time, measure: m.report_measure_people }
};

export const figureLabel = ({ key, label }: Pick<FrozenFigure, 'key' | 'label'>): string =>
	label ?? figureWords[key as FigureKey]?.label() ?? key;

export const figureMeasure = ({ key, measure }: Pick<FrozenFigure, 'key' | 'measure'>): string =>
	measure ?? figureWords[key as FigureKey]?.measure() ?? '';

/** A value with as many decimals as it has, two at most. */
export const figureValue = (value: number): string =>
	formatNumber(value, { digits: Number.isInteger(value) ? 0 : Number.isInteger(value * 10) ? 1 : 2 });

/** What lateness costs, in words: 0.5分, or that the item scores nothing. */
export const offWords = (off: number): string =>
	off === Infinity ? m.report_off_all() : m.report_off_points({ points: figureValue(off) });
