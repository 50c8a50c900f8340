import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formats, type FormatName } from '#lib/server/questions/formats/all-formats.ts';
import { isCase, type ExchangeQuestion } from '#lib/server/questions/formats/exchange-question.ts';
import type { Loss } from '#lib/server/questions/formats/format.ts';
import { anExchangeQuestion, codesOf, everything, type Carried } from '#tests/factories/exchange-questions.ts';

const runs = 60;
const now = new Date('2026-11-23T02:00:00Z');

async function roundTrip(name: FormatName, questions: ExchangeQuestion[]) {
	const lost: Loss[] = [];
	const pieces = formats[name].write(
		(async function* () {
			yield* questions;
		})(),
		(place, feature) => void lost.push({ place, feature }),
		{ now }
	);
	const file = await buffer(Readable.from(pieces));
	return { lost, file, ...(await formats[name].read(file)) };
}

const qti: Carried = { kinds: everything.kinds.filter((kind) => kind !== 'numeric'), pictures: true };

/** What each format carries without a loss. */
const carried: Record<FormatName, Carried> = {
	xlsx: {
		kinds: everything.kinds.filter((kind) => kind !== 'numeric'),
		mistakes: false,
		fixedOrder: false,
		words: false,
		rightSides: 8,
		criteria: 8
	},
	csv: {
		kinds: everything.kinds.filter((kind) => kind !== 'numeric'),
		mistakes: false,
		fixedOrder: false,
		words: false,
		rightSides: 8,
		criteria: 8
	},
	gift: {
		kinds: ['single', 'multiple', 'true-false', 'fill-in', 'matching', 'essay'],
		fixedOrder: false,
		words: false,
		written: false,
		blanks: 1
	},
	aiken: {
		kinds: ['single'],
		cases: false,
		details: false,
		reasons: false,
		fixedOrder: false,
		explanation: false,
		lines: false
	},
	'moodle-xml': { ...everything, steps: false, pictures: true },
	qti21: qti,
	qti22: qti,
	qti3: qti
};

describe.each(Object.keys(formats) as FormatName[])('%s', (name) => {
	test('brings back exactly what it can carry, and says of nothing else that it was lost', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(anExchangeQuestion(carried[name]), { minLength: 1, maxLength: 4 }),
				async (questions) => {
					const { lost, questions: read, refused } = await roundTrip(name, questions);
					const unwritable = lost.filter(({ feature }) => feature !== 'question' && feature !== 'dataset');
					expect(unwritable).toEqual([]);
					fc.pre(lost.length === 0);
					expect(refused).toEqual([]);
					expect(read.map(({ question }) => question)).toEqual(questions);
				}
			),
			{ numRuns: runs }
		);
	}, 60_000);

	test('drops nothing in silence: whatever comes back differently, or not at all, was named', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(anExchangeQuestion({ ...everything, pictures: true }), { minLength: 1, maxLength: 4 }),
				async (questions) => {
					const { lost, questions: read } = await roundTrip(name, questions);
					const back = new Set(read.map(({ question }) => JSON.stringify(sorted(question))));
					for (const question of questions) {
						const codes = codesOf(question);
						const isNamed = lost.some(({ place }) => codes.includes(place.item ?? ''));
						if (!isNamed) expect([...back]).toContain(JSON.stringify(sorted(question)));
						else if (!isCase(question)) continue;
					}
				}
			),
			{ numRuns: runs }
		);
	}, 60_000);
});

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, each]) => [key, sorted(each)])
	);
}
