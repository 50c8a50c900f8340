import { formatDate } from '#lib/format/dates.ts';
import { m } from '#lib/paraglide/messages.js';
import type { dueEvents, DueRule } from '#lib/schemas/programmes.ts';

export const dueEventWords: Record<(typeof dueEvents)[number], () => string> = {
	joining: m.requirements_event_of_joining,
	promotion: m.requirements_event_of_promotion,
	assigning: m.requirements_event_of_assigning,
	completion: m.requirements_event_of_completion
};

/** A due rule as one says it: “11月30日前”, “晋升任职后12个月内”. */
export function dueRuleWords(rule: DueRule): string {
	switch (rule.kind) {
		case 'date':
			return m.requirements_due_words_date({ date: formatDate(rule.on, 'long', 'UTC') });
		case 'yearly':
			return m.requirements_due_words_yearly({ month: rule.month, day: rule.day });
		case 'period':
			return rule.day === 'first' ? m.requirements_due_words_first() : m.requirements_due_words_last();
		case 'before-start':
			return m.requirements_due_words_before();
		case 'after': {
			const event = dueEventWords[rule.event]();
			return 'days' in rule
				? m.requirements_due_words_days({ event, count: rule.days })
				: m.requirements_due_words_months({ event, count: rule.months });
		}
	}
}
