import { expect, test } from 'vitest';
import type { Band, SchemeRule } from '#lib/schemas/assessments.ts';
import { ineligibleFor } from '#lib/server/assessments/eligibility.ts';
import { usualRule } from '#lib/server/assessments/schemes/usual-rule.ts';
import type { Scheme } from '#lib/server/assessments/schemes/read-scheme.ts';

const rule: SchemeRule = {
	...usualRule.rule,
	minimums: [{ kind: 'hours', least: 40, limit: 'excellent', basis: '' }],
	vetoes: [
		{ when: 'failed-after-make-up', limit: 'qualified', basis: '示人社〔2026〕3号' },
		{ when: 'courses-open', limit: 'qualified', basis: '' }
	]
};
const scheme = { rule, basis: '年度方案' } as Scheme;

test.each([
	{ band: 'excellent', limits: [], because: undefined, says: 'nothing stands against it' },
	{ band: 'good', limits: [], because: undefined, says: 'a band by score alone stands against nothing' },
	{ band: 'qualified', limits: ['minimum:hours'], because: undefined, says: 'a limit that leaves the best band' },
	{ band: 'not-qualified', limits: [], because: [], says: 'who has not reached 合格, by the scheme itself' },
	{
		...{
			band: 'qualified',
			limits: ['veto:failed-after-make-up', 'veto:courses-open'],
			says: 'each rule with its document'
		},
		because: [
			{ limit: 'veto:failed-after-make-up', basis: '示人社〔2026〕3号' },
			{ limit: 'veto:courses-open', basis: '年度方案' }
		]
	}
] as const)('$band: $says', ({ band, limits, because }) => {
	expect(ineligibleFor({ band: band as Band, limits }, scheme)?.because).toEqual(because);
});
