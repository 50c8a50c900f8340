import type {
	ChoiceWording,
	ExchangeBlank,
	FillInWording,
	MatchingWording,
	OrderingWording,
	SmallWording,
	TrueFalseWording,
	WrittenWording
} from '../exchange-question.ts';
import type { Feature } from '../format.ts';
import { indexOfLetter, letterAt } from '../letters.ts';
import { escapeXml } from '../xml/escape-xml.ts';
import { plainMarkup, proseMarkup, type Make } from './markup.ts';

/** The parts of an item that depend on what is asked. */
export interface ItemParts {
	declarations: string[];
	/** Stem and interaction. */
	body: string[];
	/** Name of the response processing template, or the processing itself. */
	processing: { template: string } | { rules: string } | undefined;
	feedback: string[];
}

type LoseHere = (feature: Feature) => void;

/** The parts of a question, or nothing where QTI's templates have no such question. */
export function itemParts(wording: SmallWording, make: Make, lose: LoseHere): ItemParts | undefined {
	switch (wording.kind) {
		case 'single':
		case 'multiple':
			return choice(wording, make, lose);
		case 'true-false':
			return truth(wording, make);
		case 'fill-in':
			return fillIn(wording, make, lose);
		case 'matching':
			return matching(wording, make);
		case 'ordering':
			return ordering(wording, make);
		case 'short-answer':
		case 'essay':
			return written(wording, make);
		default:
			return undefined;
	}
}

const value = (make: Make, text: string | number) => make('value', {}, escapeXml(String(text)));

const declaration = (make: Make, cardinality: string, baseType: string, values: (string | number)[]) =>
	make(
		'responseDeclaration',
		{ identifier: 'RESPONSE', cardinality, baseType },
		make('correctResponse', {}, ...values.map((each) => value(make, each)))
	);

const matchCorrect = { template: 'match_correct' };
const inline = (make: Make, identifier: string, why: string) =>
	why === ''
		? ''
		: make('feedbackInline', { outcomeIdentifier: 'FEEDBACK', identifier, showHide: 'show' }, plainMarkup(why));

function choice({ kind, stem, options, key, shuffle }: ChoiceWording, make: Make, lose: LoseHere): ItemParts {
	const rights = new Set(key.map(indexOfLetter));
	if (options.some(({ why = '' }, index) => rights.has(index) && why !== '')) lose('reasons');
	const choices = options.map(({ text, why = '' }, index) => {
		const identifier = letterAt(index);
		return make(
			'simpleChoice',
			{ identifier },
			plainMarkup(text),
			inline(make, identifier, rights.has(index) ? '' : why)
		);
	});
	const attributes = {
		responseIdentifier: 'RESPONSE',
		shuffle: shuffle !== false,
		maxChoices: kind === 'single' ? 1 : 0
	};
	return {
		declarations: [declaration(make, kind === 'single' ? 'single' : 'multiple', 'identifier', key)],
		body: [make('p', {}, proseMarkup(stem)), make('choiceInteraction', attributes, ...choices)],
		processing: matchCorrect,
		feedback: []
	};
}

function truth({ stem, key, why }: TrueFalseWording, make: Make): ItemParts {
	const choices = [true, false].map((each) =>
		make(
			'simpleChoice',
			{ identifier: String(each) },
			each ? '对' : '错',
			inline(make, String(each), each === key ? '' : why)
		)
	);
	const attributes = { responseIdentifier: 'RESPONSE', shuffle: false, maxChoices: 1 };
	return {
		declarations: [declaration(make, 'single', 'identifier', [String(key)])],
		body: [make('p', {}, proseMarkup(stem)), make('choiceInteraction', attributes, ...choices)],
		processing: matchCorrect,
		feedback: []
	};
}

const plainNumber = /^-?\d+(\.\d+)?$/;

function fillIn({ stem, blanks }: FillInWording, make: Make, lose: LoseHere): ItemParts {
	const parts = blanks.map((blank, index) => {
		const identifier = blanks.length === 1 ? 'RESPONSE' : `RESPONSE${index + 1}`;
		return { identifier, ...blankParts(blank, identifier, make, lose) };
	});
	const texts = stem.split(/【\d+】/).map(proseMarkup);
	const body = texts
		.map((text, index) => {
			const entry = parts[index - 1];
			return `${entry ? make('textEntryInteraction', { responseIdentifier: entry.identifier }) : ''}${text}`;
		})
		.join('');
	const sum = make('sum', {}, ...parts.map(({ identifier }) => make('mapResponse', { identifier })));
	return {
		declarations: parts.map(({ declaration }) => declaration),
		body: [make('p', {}, body)],
		processing:
			blanks.length === 1
				? { template: 'map_response' }
				: { rules: make('setOutcomeValue', { identifier: 'SCORE' }, sum) },
		feedback: parts.flatMap(({ feedback }) => feedback)
	};
}

function blankParts(blank: ExchangeBlank, identifier: string, make: Make, lose: LoseHere) {
	const isText = 'accept' in blank;
	const { mistakes: all = [] } = blank;
	const mistakes = isText ? all : all.filter(({ answer }) => plainNumber.test(answer));
	if (mistakes.length < all.length) lose('mistakes');
	const rights = isText ? blank.accept : [String(blank.number)];
	const entry = (mapKey: string, mappedValue: number) =>
		make('mapEntry', { mapKey, mappedValue, caseSensitive: isText ? true : undefined });
	return {
		declaration: make(
			'responseDeclaration',
			{ identifier, cardinality: 'single', baseType: isText ? 'string' : 'float' },
			make('correctResponse', {}, value(make, rights[0]!)),
			make(
				'mapping',
				{ defaultValue: 0 },
				...rights.map((text) => entry(text, 1)),
				...mistakes.map(({ answer }) => entry(answer, 0))
			)
		),
		feedback: mistakes.map(({ why }, index) =>
			make(
				'modalFeedback',
				{ outcomeIdentifier: 'FEEDBACK', identifier: `${identifier}_${index + 1}`, showHide: 'show' },
				make('p', {}, plainMarkup(why))
			)
		)
	};
}

function matching({ stem, pairs, distractors = [] }: MatchingWording, make: Make): ItemParts {
	const side = (letter: string, texts: string[]) =>
		make(
			'simpleMatchSet',
			{},
			...texts.map((text, index) =>
				make('simpleAssociableChoice', { identifier: `${letter}${index + 1}`, matchMax: 1 }, plainMarkup(text))
			)
		);
	const rights = [...pairs.map(({ right }) => right), ...distractors];
	const attributes = { responseIdentifier: 'RESPONSE', shuffle: true, maxAssociations: pairs.length };
	const sets = [
		side(
			'L',
			pairs.map(({ left }) => left)
		),
		side('R', rights)
	];
	const key = pairs.map((_, index) => `L${index + 1} R${index + 1}`);
	return {
		declarations: [declaration(make, 'multiple', 'directedPair', key)],
		body: [make('p', {}, proseMarkup(stem)), make('matchInteraction', attributes, ...sets)],
		processing: matchCorrect,
		feedback: []
	};
}

function ordering({ stem, items }: OrderingWording, make: Make): ItemParts {
	const choices = items.map((text, index) => make('simpleChoice', { identifier: letterAt(index) }, plainMarkup(text)));
	// They do not stand in their right order even where a tool forgets to shuffle them.
	const shown = [...choices.slice(1).reverse(), choices[0]!];
	const key = items.map((_, index) => letterAt(index));
	return {
		declarations: [declaration(make, 'ordered', 'identifier', key)],
		body: [
			make('p', {}, proseMarkup(stem)),
			make('orderInteraction', { responseIdentifier: 'RESPONSE', shuffle: true }, ...shown)
		],
		processing: matchCorrect,
		feedback: []
	};
}

function written({ kind, stem, reference, rubric, words }: WrittenWording, make: Make): ItemParts {
	const criteria = rubric.map(({ criterion, points }) =>
		make(
			'li',
			{},
			make('span', { class: 'points' }, String(points)),
			make('span', { class: 'criterion' }, plainMarkup(criterion))
		)
	);
	const guide = [
		reference === '' ? '' : make('div', { class: 'reference' }, make('p', {}, plainMarkup(reference))),
		criteria.length > 0 ? make('ol', { class: 'rubric' }, ...criteria) : ''
	].join('');
	const bounds = words && `[\\s\\S]{${words.min ?? 0},${words.max ?? ''}}`;
	return {
		declarations: [make('responseDeclaration', { identifier: 'RESPONSE', cardinality: 'single', baseType: 'string' })],
		body: [
			make('p', {}, proseMarkup(stem)),
			make('extendedTextInteraction', {
				responseIdentifier: 'RESPONSE',
				class: kind,
				expectedLines: kind === 'essay' ? 15 : 5,
				expectedLength: words?.max,
				patternMask: bounds
			}),
			...(guide === '' ? [] : [make('rubricBlock', { view: 'scorer' }, guide)])
		],
		processing: undefined,
		feedback: []
	};
}
