import type { Feature } from '../format.ts';
import { childOf, elementsIn, textOf, type Element } from '../xml/parse-document.ts';
import { proseOf } from './prose-of.ts';

/** What an item declares about one of its responses. */
export interface DeclaredAnswer {
	baseType: string;
	/** Identifiers or texts that are right, in the order in which they are stated. */
	key: string[];
	/** Texts that are stated and earn nothing. */
	wrong: string[];
	/** Whether some right answers earn more than others. */
	isUneven: boolean;
}

/** The key is what the mapping pays for; without a mapping, the correct response. */
export function answerOf(declaration: Element): [string, DeclaredAnswer] {
	const { identifier = '', baseType = '' } = declaration.attributes;
	const stated = elementsIn(childOf(declaration, 'correctResponse') ?? declaration, 'value').map((each) =>
		textOf(each)
	);
	const correct = baseType === 'string' ? stated : stated.map((each) => each.trim());
	const entries = elementsIn(childOf(declaration, 'mapping') ?? declaration, 'mapEntry').map(({ attributes }) => ({
		key: attributes.mapKey ?? '',
		value: Number(attributes.mappedValue ?? '0')
	}));
	const paid = entries.filter(({ value }) => value > 0);
	const isText = !['identifier', 'directedPair', 'pair'].includes(baseType);
	const key = isText || correct.length === 0 ? paid.map(({ key }) => key) : [];
	return [
		identifier,
		{
			baseType,
			key: key.length > 0 ? key : correct,
			wrong: isText ? entries.filter(({ value }) => value <= 0).map(({ key }) => key) : [],
			isUneven: new Set(paid.map(({ value }) => value)).size > 1
		}
	];
}

/** What is said about one wrong answer, as plain text. */
export function feedbackOf(item: Element, identifier: string, lose: (feature: Feature) => void): string {
	const found = elementsIn(item, 'modalFeedback').find((each) => each.attributes.identifier === identifier);
	return found ? proseOf(found, lose, { plain: true }) : '';
}
