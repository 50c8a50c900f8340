import { expect } from 'vitest';
import { readTypedAnswer, typedAnswer, type TypedSlot } from '#lib/schemas/typed-answer.ts';
import { test } from '#tests/setup/test.ts';

const slot = (kind: TypedSlot['kind'], size = 4, letters = size): TypedSlot => ({ kind, size, letters });

test.each([
	[slot('single'), 'b', { kind: 'single', chosen: ['B'] }],
	[slot('single'), 'Ｄ', { kind: 'single', chosen: ['D'] }],
	[slot('single'), 'E', undefined],
	[slot('single'), 'AB', undefined],
	[slot('multiple'), 'd、a c', { kind: 'multiple', chosen: ['A', 'C', 'D'] }],
	[slot('multiple'), 'AA', undefined],
	[slot('true-false', 1), '√', { kind: 'true-false', value: true }],
	[slot('true-false', 1), '错', { kind: 'true-false', value: false }],
	[slot('true-false', 1), 'B', undefined],
	[slot('fill-in', 2), '十五日 | 30', { kind: 'fill-in', blanks: ['十五日', '30'] }],
	[slot('fill-in', 2), '十五日', undefined],
	[slot('numeric', 1), '36,000', { kind: 'numeric', number: '36,000' }],
	[slot('matching', 3, 5), 'ba-', { kind: 'matching', matched: ['B', 'A', null] }],
	[slot('matching', 3, 5), 'BA', undefined],
	[slot('ordering', 3), 'CAB', { kind: 'ordering', order: ['C', 'A', 'B'] }],
	[slot('ordering', 3), 'CA', undefined],
	[slot('essay', 1), '一段话。', { kind: 'essay', text: '一段话。' }],
	[slot('single'), ' — ', null],
	[slot('multiple'), '', null]
])('reads %o from %s', (asked, text, answer) => {
	const read = readTypedAnswer(asked, text);
	expect(read).toEqual(answer);
	if (read) expect(readTypedAnswer(asked, typedAnswer(read))).toEqual(read);
});
