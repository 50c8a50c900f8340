import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffWords, wordsOf } from '#lib/format/diff-words.ts';

const without = (kind: 'added' | 'removed', changes: ReturnType<typeof diffWords>) =>
	changes
		.filter((change) => change.kind !== kind)
		.map(({ text }) => text)
		.join('');

const texts = fc
	.array(fc.constantFrom('行政', '复议', '案件', '三件', '，', '。', ' law', ' report', '\n'), { maxLength: 60 })
	.map((words) => words.join(''));

test('what stays and what goes is the earlier text, what stays and what comes the later', () => {
	fc.assert(
		fc.property(texts, texts, (before, after) => {
			const changes = diffWords(before, after);
			expect(without('added', changes)).toBe(before);
			expect(without('removed', changes)).toBe(after);
		})
	);
});

test('tells words of Chinese apart', () => {
	expect(wordsOf('行政复议案件').join('|')).toContain('|');
	expect(diffWords('全年受理行政复议案件三件。', '全年受理行政复议案件五件。')).toEqual([
		{ kind: 'same', text: '全年受理行政复议案件' },
		{ kind: 'removed', text: expect.stringContaining('三') },
		{ kind: 'added', text: expect.stringContaining('五') },
		{ kind: 'same', text: expect.stringContaining('。') }
	]);
});

test('texts that have nothing in common are shown as one replaced by the other', () => {
	const [before, after] = [
		Array.from({ length: 900 }, (_, n) => `a${n} `).join(''),
		Array.from({ length: 900 }, (_, n) => `b${n};`).join('')
	];
	expect(diffWords(before, after)).toEqual([
		{ kind: 'removed', text: before },
		{ kind: 'added', text: after }
	]);
	expect(diffWords('', '')).toEqual([]);
});
