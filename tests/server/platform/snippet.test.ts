import { expect, test } from 'vitest';
import { markHits, snippetOf } from '#lib/server/platform/snippet.ts';

const read = (stretches: { text: string; hit: boolean }[]) =>
	stretches.map(({ text, hit }) => (hit ? `【${text}】` : text)).join('');

test.each([
	{ text: '劳动合同期限', terms: ['合同'], shown: '劳动【合同】期限' },
	{ text: '劳动合同合同', terms: ['合同'], shown: '劳动【合同】【合同】' },
	{ text: 'Labour law', terms: ['LABOUR'], shown: '【Labour】 law' },
	{ text: '甲(乙)', terms: ['(乙)'], shown: '甲【(乙)】' },
	{ text: '试用期工资', terms: ['试用', '试用期'], shown: '【试用期】工资' },
	{ text: '没有', terms: [], shown: '没有' }
])('marks $terms in $text', ({ text, terms, shown }) => {
	expect(read(markHits(text, terms))).toBe(shown);
});

test('cuts around the first hit, from the beginning of a sentence', () => {
	const text = `${'前面的话很长。'.repeat(30)}试用期从用工之日起算，${'后面的话也很长。'.repeat(30)}`;
	const shown = read(snippetOf(text, ['用工']));
	expect(shown).toMatch(/^…前面的话很长。.*试用期从【用工】之日起算/);
	expect(shown).toMatch(/…$/);
	expect(shown.length).toBeLessThan(120);
});

test('gives the beginning where no term occurs', () => {
	expect(read(snippetOf('期限、标准和责任。', ['标题']))).toBe('期限、标准和责任。');
});
