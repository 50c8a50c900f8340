import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SmallContent } from '#lib/server/questions/content/parse-questions.ts';
import { pinQuestion } from '#lib/server/questions/pin-question.ts';
import { asShown, asStated } from '#lib/server/questions/shown-letters.ts';
import { type AskedQuestion, storedQuestion } from '#lib/server/questions/stored-question.ts';
import { rightAnswer, wrongAnswer } from '#tests/factories/answers.ts';
import {
	aFillIn,
	aMatching,
	aMultiple,
	aNumeric,
	anEssay,
	anOrdering,
	aShortAnswer,
	aSingle,
	aTrueFalse
} from '#tests/factories/questions.ts';

const pin = (content: SmallContent, seed: string, options?: { shuffle?: boolean }) =>
	pinQuestion({ id: 'q', content: storedQuestion(content) as AskedQuestion }, seed, options);

test.each([
	{ content: aSingle(), size: 3, shown: 3 },
	{ content: aMultiple(), size: 4, shown: 4 },
	{ content: aTrueFalse(), size: 1, shown: undefined },
	{ content: aFillIn(), size: 2, shown: undefined },
	{ content: aNumeric(), size: 1, shown: undefined },
	{ content: aMatching(), size: 3, shown: 4 },
	{ content: anOrdering(), size: 4, shown: 4 },
	{ content: aShortAnswer(), size: 1, shown: undefined },
	{ content: anEssay(), size: 1, shown: undefined }
])('a $content.kind question has the size $size', ({ content, size, shown }) => {
	const pinned = pin(content, 'seed');
	expect(pinned).toMatchObject({ kind: content.kind, size });
	expect(pinned.optionOrder?.length).toBe(shown);
	expect(pin(content, 'seed')).toEqual(pinned);
});

test('items are never shown in the order that is asked for', () => {
	fc.assert(
		fc.property(fc.string(), (seed) => {
			const { optionOrder } = pin(anOrdering({ items: ['一', '二', '三'] }), seed);
			expect(optionOrder!.toSorted()).toEqual(['A', 'B', 'C']);
			expect(optionOrder).not.toEqual(['A', 'B', 'C']);
		})
	);
});

test('options keep their stated order where the question or the exam says so', () => {
	const stated = ['A', 'B', 'C', 'D'];
	for (const seed of ['a', 'b', 'c', 'd', 'e']) {
		expect(pin(aMultiple(), seed, { shuffle: false }).optionOrder).toEqual(stated);
		expect(pin(aMultiple({ shuffle: false }), seed).optionOrder).toEqual(stated);
	}
});

test('shown letters and stated letters lead to each other', () => {
	const contents = fc.constantFrom<SmallContent>(
		aSingle(),
		aMultiple(),
		aMatching(),
		anOrdering(),
		aFillIn(),
		anEssay()
	);
	fc.assert(
		fc.property(contents, fc.string(), fc.boolean(), (content, seed, right) => {
			const { optionOrder } = pin(content, seed);
			const answer = right ? rightAnswer(content) : wrongAnswer(content);
			expect(asStated(asShown(answer, optionOrder)!, optionOrder)).toEqual(answer);
		})
	);
});
