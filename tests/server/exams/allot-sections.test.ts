import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allotSections, type Demand } from '#lib/server/exams/allot-sections.ts';

test('gives each section its first wishes where nobody else wants them', () => {
	const { drawn, short } = allotSections([
		{ sectionId: 'one', count: 2, pool: ['a', 'b', 'c'] },
		{ sectionId: 'two', count: 1, pool: ['d', 'e'] }
	]);
	expect(drawn.get('one')).toEqual(['a', 'b']);
	expect(drawn.get('two')).toEqual(['d']);
	expect(short.size).toBe(0);
});

test('moves a section to its other wishes where a second one has no choice', () => {
	const { drawn, short } = allotSections([
		{ sectionId: 'wide', count: 1, pool: ['a', 'b', 'c'] },
		{ sectionId: 'narrow', count: 1, pool: ['a'] },
		{ sectionId: 'middle', count: 1, pool: ['a', 'b'] }
	]);
	expect(short.size).toBe(0);
	expect(drawn.get('narrow')).toEqual(['a']);
	expect(drawn.get('middle')).toEqual(['b']);
	expect(drawn.get('wide')).toEqual(['c']);
});

test('says how many are missing under the best allotment', () => {
	const { short } = allotSections([
		{ sectionId: 'one', count: 2, pool: ['a', 'b'] },
		{ sectionId: 'two', count: 2, pool: ['a', 'b', 'c'] }
	]);
	expect([...short.values()].reduce((sum, missing) => sum + missing, 0)).toBe(1);
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const someDemands = fc
	.array(fc.record({ count: fc.integer({ min: 1, max: 3 }), pool: fc.shuffledSubarray(ids) }), {
		minLength: 1,
		maxLength: 3
	})
	.map((demands) => demands.map((demand, index): Demand => ({ sectionId: `s${index}`, ...demand })));

test('draws nothing twice, nothing from elsewhere, and never more than is asked', () => {
	fc.assert(
		fc.property(someDemands, (demands) => {
			const { drawn, short } = allotSections(demands);
			const all = [...drawn.values()].flat();
			expect(new Set(all).size).toBe(all.length);
			for (const { sectionId, count, pool } of demands) {
				const own = drawn.get(sectionId)!;
				expect(own.length).toBe(count - (short.get(sectionId) ?? 0));
				expect(own.every((id) => pool.includes(id))).toBe(true);
			}
		})
	);
});

/** The most places that any allotment can fill, by trying them all: Hall's condition in its deficiency form. */
function mostFilled(demands: readonly Demand[]): number {
	const wanted = demands.reduce((sum, { count }) => sum + count, 0);
	let deficiency = 0;
	for (let chosen = 0; chosen < 2 ** demands.length; chosen++) {
		const subset = demands.filter((_, index) => chosen & (1 << index));
		const reach = new Set(subset.flatMap(({ pool }) => [...pool]));
		const places = subset.reduce((sum, { count }) => sum + count, 0);
		deficiency = Math.max(deficiency, places - reach.size);
	}
	return wanted - deficiency;
}

test('fills as many places as any allotment could', () => {
	fc.assert(
		fc.property(someDemands, (demands) => {
			const filled = [...allotSections(demands).drawn.values()].flat().length;
			expect(filled).toBe(mostFilled(demands));
		}),
		{ numRuns: 500 }
	);
});
