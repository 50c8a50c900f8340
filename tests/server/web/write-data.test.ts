import vm from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeData } from '#lib/server/web/write-data.ts';

const none = () => undefined;
const read = (text: string | undefined): unknown => vm.runInThisContext(`(${text})`);

const leaf = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.constantFrom('</script>', '<!--', '\u2028\u2029', '"\\\n', '第十条'),
	fc.double(),
	fc.boolean(),
	fc.constant(null),
	fc.constant(undefined)
);
const { tree } = fc.letrec((tie) => ({
	tree: fc.oneof(
		{ depthSize: 'small' },
		leaf,
		fc.array(tie('tree'), { maxLength: 5 }),
		fc.dictionary(
			fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__'),
			tie('tree'),
			{ noNullPrototype: true, maxKeys: 5 }
		)
	)
}));

it('writes any plain data so that a script reads the same, and so that nothing in it ends the script', () => {
	fc.assert(
		fc.property(tree, (data) => {
			const text = writeData(data, none);
			expect(text).not.toMatch(/[<\u2028\u2029]/);
			expect(read(text)).toEqual(data);
		}),
		{ numRuns: 500 }
	);
});

it('writes instants', () => {
	const at = new Date('2026-11-23T08:00:00Z');
	expect(writeData({ at, again: at }, none)).toBe(`{at:new Date(${at.getTime()}),again:new Date(${at.getTime()})}`);
});

it('asks how to write what is not plain', () => {
	class InPage {}
	expect(writeData([new InPage()], (thing) => (thing instanceof InPage ? 'app.decode()' : undefined))).toBe(
		'[app.decode()]'
	);
});

it('leaves to devalue what stands in two places, leads back to itself, comes later or is of another kind', () => {
	const shared = { name: '法规处' };
	const circle: { self?: unknown } = {};
	circle.self = circle;
	const gap = new Array<number>(2);
	const others = [Promise.resolve(), new Map(), new Set(), /x/, () => 1, 1n, Symbol('x'), Object.create(null), gap];
	for (const other of [{ one: shared, other: shared }, circle, JSON.parse('{"__proto__": 1}'), ...others])
		expect(writeData({ other }, none)).toBeUndefined();
});
