import { expect, test } from 'vitest';
import {
	explanationHtml,
	stemHtml,
	storedQuestion,
	type AskedQuestion
} from '#lib/server/questions/stored-question.ts';
import { aNumeric } from '#tests/factories/questions.ts';

const asked = storedQuestion(aNumeric()) as AskedQuestion;

test('puts the drawn values into the stem', () => {
	expect(stemHtml(asked, { wage: 4500, months: 8 })).toBe('月工资 4500 元，满 8 个月补订，差额多少？');
});

test('puts steps and answer into the explanation only', () => {
	const html = explanationHtml(asked, { wage: 4500, months: 8 });
	expect(html).toContain('计 7 个月，4500 × 7 ＝ 31500 元');
	expect(html).toContain(
		'<a class="ref" href="/statutes/labour-contract/82" data-article="labour-contract/82">第八十二条</a>'
	);
	expect(stemHtml({ ...asked, html: { ...asked.html, stem: '{answer}' } }, { wage: 4500, months: 8 })).toBe('{answer}');
});
