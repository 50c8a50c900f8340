import type { FlatQuestion } from '../flat-questions.ts';
import type { Feature } from '../format.ts';
import { itemParts } from './item-body.ts';
import { maker, proseMarkup, type Make } from './markup.ts';
import { editions, type QtiVersion } from './qti-version.ts';

/** An item with the situation that stands above it, where it belongs to a case. */
export interface ItemSource {
	entry: FlatQuestion;
	identifier: string;
	situation?: string;
}

/** Writes one item, or nothing where QTI has no such question. A situation is an item that asks nothing. */
export function writeItem(
	{ entry, identifier, situation }: ItemSource,
	version: QtiVersion,
	lose: (feature: Feature) => void
): string | undefined {
	const make = maker(version);
	const { wording, details } = entry;
	const isSituation = wording.kind === 'situation';
	const parts = isSituation
		? { declarations: [], body: [make('p', {}, proseMarkup(wording.text))], processing: undefined, feedback: [] }
		: itemParts(wording, make, lose);
	if (!parts) {
		lose('question');
		return undefined;
	}
	const above =
		situation === undefined ? [] : [make('div', { class: 'situation' }, make('p', {}, proseMarkup(situation)))];
	const explanation = isSituation ? '' : wording.explanation;
	const { processing } = parts;
	const item = make(
		'assessmentItem',
		{
			xmlns: editions[version].item,
			identifier,
			title: titleOf(isSituation ? wording.text : wording.stem),
			adaptive: false,
			timeDependent: false,
			toolName: 'Mingfa',
			label: details.code
		},
		...parts.declarations,
		make('outcomeDeclaration', { identifier: 'SCORE', cardinality: 'single', baseType: 'float' }),
		make('outcomeDeclaration', { identifier: 'FEEDBACK', cardinality: 'single', baseType: 'identifier' }),
		make('itemBody', {}, ...above, ...parts.body),
		...(processing ? [responseProcessing(processing, version, make)] : []),
		...parts.feedback,
		...(explanation === '' ? [] : [explained(explanation, make)])
	);
	return `<?xml version="1.0" encoding="UTF-8"?>\n${item}\n`;
}

const titleOf = (text: string): string => [...text.replace(/\s+/g, ' ')].slice(0, 40).join('');

const responseProcessing = (processing: { template: string } | { rules: string }, version: QtiVersion, make: Make) =>
	'template' in processing
		? make('responseProcessing', { template: editions[version].template(processing.template) })
		: make('responseProcessing', {}, processing.rules);

/** Shown whatever was answered: hidden only for an outcome that there is not. */
const explained = (text: string, make: Make): string =>
	make(
		'modalFeedback',
		{ outcomeIdentifier: 'FEEDBACK', identifier: 'EXPLANATION', showHide: 'hide' },
		make('p', {}, proseMarkup(text))
	);
