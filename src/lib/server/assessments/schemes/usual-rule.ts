import type { SchemeRule } from '#lib/schemas/assessments.ts';

const rule: SchemeRule = {
	components: [
		{ kind: 'exam', weight: 50, cap: null, purpose: 'annual', take: 'best', basis: '' },
		{ kind: 'checks', weight: 20, cap: null, basis: '' },
		{ kind: 'courses', weight: 30, cap: null, basis: '' }
	],
	minimums: [],
	vetoes: [
		{ when: 'absent', limit: 'not-qualified', basis: '' },
		{ when: 'failed-after-make-up', limit: 'qualified', basis: '' },
		{ when: 'courses-open', limit: 'qualified', basis: '' }
	],
	bands: [
		{ band: 'excellent', from: 90 },
		{ band: 'qualified', from: 60 }
	],
	decimals: 1
};

/** What a first draft begins with; the office then says on which documents it rests. */
export const usualRule = {
	rule,
	name: (year: number) => `${year}年度学法考核方案`,
	basis: '《干部教育培训工作条例》'
};
