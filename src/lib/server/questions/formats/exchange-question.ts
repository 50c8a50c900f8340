import type { ParameterRanges } from '../parameters.ts';

/** A picture that texts of the question show by its name, such as `chart.png`. */
export interface ExchangePicture {
	name: string;
	base64: string;
}

/** What stands beside a question's wording. `difficulty` and `use` are absent where a file does not say. */
export interface Details {
	code?: string;
	/** Addresses such as `labour-contract/14`, or citations as somebody typed them. */
	articles: string[];
	difficulty?: number;
	topic: string;
	tags: string[];
	use?: 'practice' | 'exam' | 'both';
	/** Of the whole question: those of a case are with the case. */
	pictures?: ExchangePicture[];
}

type Mistake = { answer: string; why: string };
export type ExchangeBlank = ({ number: number } | { accept: string[] }) & { mistakes?: Mistake[] };
export type Criterion = { criterion: string; points: number };
export type ExchangeOption = { text: string; why?: string };

type Prose = { stem: string; explanation: string };
export type ChoiceWording = Prose & {
	kind: 'single' | 'multiple';
	options: ExchangeOption[];
	key: string[];
	/** Only false is stated: options keep the order in which they stand. */
	shuffle?: false;
};
export type TrueFalseWording = Prose & { kind: 'true-false'; key: boolean; why: string };
export type FillInWording = Prose & { kind: 'fill-in'; blanks: ExchangeBlank[] };
export type NumericWording = Prose & {
	kind: 'numeric';
	parameters: ParameterRanges;
	steps?: { name: string; formula: string }[];
	formula: string;
	decimals: number;
	tolerance: number;
	unit: string;
	mistakes?: { formula: string; why: string }[];
	examples: Record<string, number>[];
};
export type MatchingWording = Prose & {
	kind: 'matching';
	pairs: { left: string; right: string }[];
	distractors?: string[];
};
export type OrderingWording = Prose & { kind: 'ordering'; items: string[] };
export type WrittenWording = Prose & {
	kind: 'short-answer' | 'essay';
	reference: string;
	rubric: Criterion[];
	words?: { min?: number; max?: number };
};
/** The wording of a question that is asked by itself: that of the bank without its identity and its details. */
export type SmallWording =
	| ChoiceWording
	| TrueFalseWording
	| FillInWording
	| NumericWording
	| MatchingWording
	| OrderingWording
	| WrittenWording;
export type CaseWording = { kind: 'case'; situation: string };

export type SmallExchange = Details & { wording: SmallWording };
export type CaseExchange = Details & { wording: CaseWording; questions: SmallExchange[] };
/** A question on its way into the bank or out of it, in no format yet or any more. */
export type ExchangeQuestion = SmallExchange | CaseExchange;

export const isCase = (question: ExchangeQuestion): question is CaseExchange => question.wording.kind === 'case';

export const noDetails = (): Details => ({ articles: [], topic: '', tags: [] });
