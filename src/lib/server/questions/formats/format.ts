import type { FailureValues } from '#lib/server/platform/errors.ts';
import type { ExchangeQuestion } from './exchange-question.ts';

/** Where something stands: the line of a text or the row of a sheet, and what the file calls it. */
export interface Place {
	line?: number;
	/** A file in a package, or the code of a question. */
	item?: string;
}

/** What a format, or the bank, has no room for. Each is a message `formats_feature_…`. */
export const features = [
	'question',
	'kind',
	'case',
	'code',
	'articles',
	'difficulty',
	'topic',
	'tags',
	'use',
	'explanation',
	'reasons',
	'mistakes',
	'fixed-order',
	'distractors',
	'steps',
	'dataset',
	'reference',
	'rubric',
	'length',
	'line-breaks',
	'characters',
	'too-long',
	'images',
	'media',
	'tables',
	'formatting',
	'feedback',
	'points',
	'partial-credit',
	'tolerance',
	'unit',
	'hints',
	'wildcards',
	'response'
] as const;
export type Feature = (typeof features)[number];

/** Something that was left behind on the way. */
export interface Loss {
	place: Place;
	feature: Feature;
}

/** Why a question of a file is not taken: a code for its message `error_…` with its values. */
export interface Refusal {
	place: Place;
	code: string;
	values?: FailureValues;
}

export interface PlacedQuestion {
	place: Place;
	question: ExchangeQuestion;
}

/** What a file held: every question of it is in one of the first two lists. */
export interface Reading {
	questions: PlacedQuestion[];
	refused: Refusal[];
	unsupported: Loss[];
}

export type Lose = (place: Place, feature: Feature) => void;

/** One way to write questions down. */
export interface Format {
	extension: string;
	mediaType: string;
	/** Whether it carries pictures along. */
	pictures?: true;
	/** @throws invalid table.* | formats.* when nothing at all can be made of the file */
	read(file: Buffer): Promise<Reading>;
	/** Pieces of the file, made as fast as they are asked for. Tells `lose` what it cannot carry. */
	write(questions: AsyncIterable<ExchangeQuestion>, lose: Lose, options: { now: Date }): AsyncIterable<Uint8Array>;
}
