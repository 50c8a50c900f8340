import { expect, test } from 'vitest';
import { drawPaper, type PaperSection, type PoolItem, totalOf } from '#lib/server/exams/draw-paper.ts';
import { storedQuestion } from '#lib/server/questions/stored-question.ts';
import { aSingle, aTrueFalse } from '#tests/factories/questions.ts';

const item = (id: string): PoolItem => ({
	id,
	caseVersionId: null,
	questions: [{ id, versionId: `${id} v1`, content: storedQuestion(aSingle()) }]
});
const aCase = (id: string): PoolItem => ({
	id,
	caseVersionId: `${id} v1`,
	questions: ['1', '2', '3'].map((part) => ({
		id: `${id}.${part}`,
		versionId: `${id}.${part} v1`,
		content: storedQuestion(aTrueFalse())
	}))
});
const aSection = (over: Partial<PaperSection> = {}): PaperSection => ({
	id: 'one',
	position: 1,
	count: 3,
	points: 2,
	fixed: false,
	unseenFirst: false,
	pool: [...'abcdefgh'].map(item),
	...over
});
const draw = (sections: PaperSection[], over: Partial<Parameters<typeof drawPaper>[0]> = {}) =>
	drawPaper({ sections, lastSeen: new Map(), shuffleQuestions: true, shuffleOptions: true, seed: 's', ...over });
const idsOf = (slots: { questionId: string }[]) => slots.map(({ questionId }) => questionId);

test('the same seed draws the same paper, another seed another one', () => {
	const seeds = ['1', '2', '3', '4'].map((seed) => JSON.stringify(draw([aSection()], { seed })));
	expect(JSON.stringify(draw([aSection()], { seed: '1' }))).toBe(seeds[0]);
	expect(new Set(seeds).size).toBeGreaterThan(1);
});

test('sections stand in their order, numbered through, and nothing is asked twice', () => {
	const slots = draw([aSection({ id: 'two', position: 2, points: 5 }), aSection()]);
	expect(slots.map(({ slot }) => slot)).toEqual([1, 2, 3, 4, 5, 6]);
	expect(slots.map(({ sectionId }) => sectionId)).toEqual(['one', 'one', 'one', 'two', 'two', 'two']);
	expect(new Set(idsOf(slots)).size).toBe(6);
	expect(totalOf(slots)).toBe(21);
});

test('a fixed section asks what it lists; without shuffling in its order', () => {
	const fixed = aSection({ fixed: true, count: 3, pool: ['c', 'a', 'b'].map(item) });
	expect(idsOf(draw([fixed], { shuffleQuestions: false }))).toEqual(['c', 'a', 'b']);
	expect(idsOf(draw([fixed])).sort()).toEqual(['a', 'b', 'c']);
});

test('unseen questions come first, then those seen longest ago', () => {
	const lastSeen = new Map([...'abcdef'].map((id, index) => [id, 10 + index]));
	for (const seed of ['1', '2', '3', '4', '5']) {
		const drawn = idsOf(draw([aSection({ unseenFirst: true })], { lastSeen, seed }));
		expect(drawn.sort()).toEqual(['a', 'g', 'h']);
	}
});

test('the questions of a case stay together in their order, and count as seen when one of them was', () => {
	const pool = [aCase('x'), aCase('y')];
	const slots = draw([aSection({ count: 1, unseenFirst: true, pool })], { lastSeen: new Map([['x.2', 1]]) });
	expect(idsOf(slots)).toEqual(['y.1', 'y.2', 'y.3']);
	expect(slots.map(({ caseVersionId }) => caseVersionId)).toEqual(['y v1', 'y v1', 'y v1']);
});

test('options keep the stated order where the exam does not shuffle them', () => {
	const orders = draw([aSection()], { shuffleOptions: false }).map(({ optionOrder }) => optionOrder?.join(''));
	expect(orders).toEqual(['ABC', 'ABC', 'ABC']);
});

test('a section that stays short is no paper', () => {
	expect(() => draw([aSection({ count: 9 })])).toThrow('paper.short');
});

test('points add up without the drift of binary fractions', () => {
	expect(totalOf([{ points: 0.1 }, { points: 0.2 }])).toBe(0.3);
});
