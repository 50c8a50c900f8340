import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { evaluate } from '#lib/server/questions/evaluate.ts';
import { parseExpression } from '#lib/server/questions/expression.ts';
import { formats } from '#lib/server/questions/formats/all-formats.ts';
import type { NumericWording } from '#lib/server/questions/formats/exchange-question.ts';
import type { Feature } from '#lib/server/questions/formats/format.ts';
import { parseMoodleFormula } from '#lib/server/questions/formats/moodle/parse-moodle-formula.ts';
import { printExpression } from '#lib/server/questions/formats/moodle/print-expression.ts';
import { asExchange } from '#lib/server/questions/exchange/as-exchange.ts';
import { numericKey, solve } from '#lib/server/questions/numeric-key.ts';
import { enumerateParameters, scopeOf } from '#lib/server/questions/parameters.ts';
import { formatRational } from '#lib/server/questions/rational.ts';
import { aNumeric } from '#tests/factories/questions.ts';

test('a calculation with steps goes through Moodle with every answer the same; that the steps were worked in is said', async () => {
	const original = aNumeric();
	const lost: Feature[] = [];
	const pieces = formats['moodle-xml'].write(
		(async function* () {
			yield asExchange(original, { code: 'q-000001', topic: '', tags: [] });
		})(),
		(_, feature) => void lost.push(feature)
	);
	const { questions, refused } = await formats['moodle-xml'].read(await buffer(Readable.from(pieces)));
	expect(refused).toEqual([]);
	expect(lost).toEqual(['steps']);
	const back = { ...original, ...(questions[0]!.question.wording as NumericWording), mistakes: [] };
	expect(back).toMatchObject({ parameters: original.parameters, examples: original.examples, unit: '元' });
	const [before, after] = [numericKey(original), numericKey(back)];
	let compared = 0;
	for (const scope of enumerateParameters(original.parameters)) {
		expect(formatRational(solve(after, scope).answer)).toBe(formatRational(solve(before, scope).answer));
		compared++;
	}
	expect(compared).toBe(13 * 16);
});

describe('formulas of Moodle', () => {
	test.each([
		['{a}*{b}', 'aa * bb'],
		['round({a}/3)', 'round(aa / 3, 0)'],
		['-{a} + 2', '0 - aa + 2'],
		['= ({a} > {b}) ? {a} : {b}', 'if(aa > bb, aa, bb)'],
		['(({a}) == (.5) ? (1) : (max({a}, {b})))', 'if(aa = 0.5, 1, max(aa, bb))'],
		['{a} - ({b} - 1)', 'aa - (bb - 1)'],
		['({a} - {b}) - 1', 'aa - bb - 1']
	])('%s becomes %s', (moodle, own) => {
		const tree = parseMoodleFormula(moodle, (name) => name + name);
		expect(printExpression(tree)).toBe(own);
		const scope = scopeOf({ aa: 7, bb: 2 });
		expect(evaluate(tree, scope)).toEqual(evaluate(parseExpression(own), scope));
	});

	test.each(['pow({a},2)', '{a}^2', '{a} % 2', 'sin({a})', '{a} +', '{a} > {b}', ''])('%s is refused', (moodle) => {
		expect(() => parseMoodleFormula(moodle, (name) => name + name)).toThrow();
	});
});
