import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { GivenAnswer } from '#lib/schemas/answers.ts';
import { placeOf } from './letters.ts';
import { isUnanswered } from './shown-letters.ts';

/** Most options, items or blanks that a question has. */
const most = 10;

/**
 * What a statement needs that saves an answer without reading the question: the shape to compare with the pinned row,
 * and what to keep. Shown letters go as places, which the statement looks up in the order shown.
 */
export interface AnswerRow {
	kind: GivenAnswer['kind'];
	/** Bounds of the pinned `size`. */
	atLeast: number;
	atMost: number;
	/** The furthest place in the order shown; 0 where there is none. */
	furthest: number;
	places: (number | null)[] | null;
	/** JSON without the letters; null where the answer is empty and takes an earlier one back. */
	kept: string | null;
}

/** An answer in shown letters as the row of a saving statement. */
export function answerRow(answer: GivenAnswer): AnswerRow {
	const { kind } = answer;
	const kept = isUnanswered(answer) ? null : answer;
	switch (kind) {
		case 'single':
		case 'multiple':
			return withPlaces(answer.chosen, { kind, kept: kept && { kind } }, { atMost: most });
		case 'ordering':
			return withPlaces(answer.order, { kind, kept: kept && { kind } }, { atMost: most, atLeast: answer.order.length });
		case 'matching': {
			const size = answer.matched.length;
			return withPlaces(
				answer.matched,
				{ kind, kept: kept && { kind } },
				{ atLeast: size, atMost: size, bySize: false }
			);
		}
		default: {
			const size = kind === 'fill-in' ? answer.blanks.length : 1;
			return { kind, atLeast: size, atMost: size, furthest: 0, places: null, kept: kept && JSON.stringify(kept) };
		}
	}
}

function withPlaces(
	letters: (string | null)[],
	{ kind, kept }: { kind: GivenAnswer['kind']; kept: object | null },
	{ atLeast = 1, atMost = most, bySize = true }
): AnswerRow {
	const places = letters.map((letter) => letter && placeOf(letter)).map((place) => place || null);
	const furthest = Math.max(0, ...places.map((place) => place ?? 0));
	return {
		kind,
		atLeast: Math.max(1, atLeast, bySize ? furthest : 0),
		atMost,
		furthest,
		places,
		kept: kept && JSON.stringify(kept)
	};
}

type Parts = Record<'kind' | 'atLeast' | 'atMost' | 'furthest' | 'places' | 'kept', SQLWrapper>;
type Columns = Record<'kind' | 'size' | 'optionOrder', SQLWrapper>;

/** The answer to store, in stated letters; null where it was taken back. `given` are parameters of the statement. */
export function keptAnswer(given: Parts, { optionOrder }: Columns): SQL {
	const kept = sql`${given.kept}::jsonb`;
	const places = sql`${given.places}::int[]`;
	const isChoice = sql`${given.kind}::text in ('single', 'multiple')`;
	const field = sql`case ${given.kind}::text when 'matching' then 'matched' when 'ordering' then 'order' else 'chosen' end`;
	const letters = sql`(select jsonb_agg(letter order by case when ${isChoice} then letter end, n) from (select ${optionOrder}[place] as letter, n from unnest(${places}) with ordinality as given (place, n)) stated)`;
	return sql`case when ${places} is null then ${kept} else ${kept} || jsonb_build_object(${field}, ${letters}) end`;
}

/** Whether an answer has the shape that the pinned question asks for. */
export function isFit(given: Parts, { kind, size, optionOrder }: Columns): SQL {
	return sql`${kind} = ${given.kind}::question_kind and ${size} between ${given.atLeast} and ${given.atMost} and coalesce(cardinality(${optionOrder}), 0) >= ${given.furthest}`;
}
