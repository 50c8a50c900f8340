import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawQuestions, type Draw, type PoolQuestion } from '#lib/server/courses/draw-questions.ts';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { storedQuestion, type AskedQuestion } from '#lib/server/questions/stored-question.ts';
import { aFillIn, aMultiple, aNumeric, aSingle, aTrueFalse } from '#tests/factories/questions.ts';

const inPool = (content: SmallContent, position: number, over: Partial<PoolQuestion> = {}): PoolQuestion => ({
	id: `q${position}`,
	versionId: `v${position}`,
	caseId: null,
	caseVersionId: null,
	position,
	usableFrom: null,
	usableUntil: null,
	content: storedQuestion(content) as AskedQuestion,
	...over
});
const poolOf = (count: number): PoolQuestion[] =>
	Array.from({ length: count }, (_, index) =>
		inPool([aSingle(), aMultiple(), aNumeric(), aFillIn(), aTrueFalse()][index % 5]!, index)
	);

const drawing = (over: Partial<Draw> = {}) =>
	drawQuestions({ pool: poolOf(12), lastAsked: new Map(), count: 6, today: '2026-11-23', seed: 'seed', ...over });
const idsOf = (drawn: { questionId: string }[]) => drawn.map(({ questionId }) => questionId);

test('draws the same from the same seed, and something else from another', () => {
	expect(drawing()).toEqual(drawing());
	expect(idsOf(drawing({ seed: 'another' }))).not.toEqual(idsOf(drawing()));
});

test('asks what was never asked before anything else', () => {
	const lastAsked = new Map(idsOf(drawing()).map((id) => [id, 1]));
	const second = idsOf(drawing({ lastAsked, seed: 'second' }));
	expect(second.filter((id) => lastAsked.has(id))).toEqual([]);
});

test('whatever has been asked, as much of a draw is new to the last try as the pool allows', () => {
	const tries = fc.record({
		size: fc.integer({ min: 1, max: 30 }),
		count: fc.integer({ min: 1, max: 12 }),
		seeds: fc.array(fc.string(), { minLength: 2, maxLength: 6 })
	});
	fc.assert(
		fc.property(tries, ({ size, count, seeds }) => {
			const pool = poolOf(size);
			const lastAsked = new Map<string, number>();
			let last: string[] = [];
			for (const [index, seed] of seeds.entries()) {
				const drawn = idsOf(drawing({ pool, lastAsked, count, seed: `${index} ${seed}` }));
				expect(new Set(drawn).size).toBe(Math.min(count, size));

				const [unseen, fresh] = [pool.length - lastAsked.size, pool.length - last.length];
				expect(drawn.filter((id) => !lastAsked.has(id)).length).toBe(Math.min(drawn.length, unseen));
				expect(drawn.filter((id) => !last.includes(id)).length).toBe(Math.min(drawn.length, fresh));
				for (const id of drawn) lastAsked.set(id, index + 1);
				last = drawn;
			}
		})
	);
});

test('draws a question from its first day until the day before its last', () => {
	const pool = [
		inPool(aSingle(), 1, { usableFrom: '2026-11-24' }),
		inPool(aSingle(), 2, { usableFrom: '2026-11-23' }),
		inPool(aSingle(), 3, { usableUntil: '2026-11-23' }),
		inPool(aSingle(), 4, { usableUntil: '2026-11-24' })
	];
	expect(idsOf(drawing({ pool })).toSorted()).toEqual(['q2', 'q4']);
});

test('questions of one case stand together and bring their situation', () => {
	const inCase = { caseId: 'case', caseVersionId: 'situation' };
	const pool = [...poolOf(6), inPool(aTrueFalse(), 7, inCase), inPool(aSingle(), 8, inCase)];
	for (const seed of ['a', 'b', 'c', 'd', 'e']) {
		const drawn = drawing({ pool, count: 8, seed });
		const places = drawn.flatMap(({ caseVersionId }, index) => (caseVersionId === 'situation' ? [index] : []));
		expect(places[1]! - places[0]!).toBe(1);
		expect(drawn[places[0]!]!.questionId).toBe('q7');
	}
});

test('pins parameters within their ranges', () => {
	const [drawn] = drawing({ pool: [inPool(aNumeric(), 1)] });
	expect(drawn).toMatchObject({ kind: 'numeric', size: 1, optionOrder: null });
	expect(drawn!.parameters!.wage! % 500).toBe(0);
	expect(drawn!.parameters!.months).toBeGreaterThanOrEqual(3);
});

test('shuffles options, unless their order has a meaning', () => {
	const orders = (shuffle?: boolean) =>
		['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(
			(seed) => drawing({ pool: [inPool(aMultiple({ shuffle }), 1)], seed })[0]!.optionOrder!
		);

	expect(new Set(orders().map(String)).size).toBeGreaterThan(1);
	for (const order of orders()) expect(order.toSorted()).toEqual(['A', 'B', 'C', 'D']);
	expect(new Set(orders(false).map(String))).toEqual(new Set(['A,B,C,D']));
});

test('every position is as likely to hold the key', () => {
	const places = [0, 0, 0];
	for (let seed = 0; seed < 900; seed++) {
		const [drawn] = drawing({ pool: [inPool(aSingle(), 1)], seed: String(seed) });
		places[drawn!.optionOrder!.indexOf('B')]! += 1;
	}
	for (const count of places) expect(Math.abs(count - 300)).toBeLessThan(75);
});
