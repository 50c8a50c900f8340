import { formatNumber } from '#lib/format/numbers.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Finding } from '#lib/server/completion/finding.ts';

const nouns = {
	unit: m.completion_noun_unit,
	province: m.completion_noun_province,
	city: m.completion_noun_city,
	county: m.completion_noun_county,
	division: m.completion_noun_division,
	institution: m.completion_noun_institution
};

/** The finding of an overview as its heading. */
export function overviewTitle(
	finding: Finding,
	{ unit, year, rate }: { unit: string; year: number; rate: number }
): string {
	if (finding.kind === 'nothing-due') return m.completion_title_nothing({ unit, year });
	if (finding.kind === 'units') {
		const { count } = finding;
		const noun = nouns[finding.noun]();
		return finding.behind.length > 0
			? m.completion_title_behind({ count, noun, behind: finding.behind.length, rate })
			: m.completion_title_fine({ count, noun, rate });
	}

	const due = formatNumber(finding.due);
	const open = finding.due - finding.completed;
	if (finding.overdue > 0) return m.completion_title_overdue({ due, overdue: formatNumber(finding.overdue) });
	return open > 0 ? m.completion_title_open({ due, open: formatNumber(open) }) : m.completion_title_done({ due });
}
