import type { ExchangeBlank } from '../exchange-question.ts';
import type { FlatQuestion } from '../flat-questions.ts';
import { numberBlank } from '../gift/read-answers.ts';
import { childOf, elementsIn, textOf, type Element } from '../xml/parse-document.ts';
import { proseBuilder } from '../xml/prose-builder.ts';
import { answerOf, feedbackOf, type DeclaredAnswer } from './declared-answers.ts';
import { inside, isAside, proseOf } from './prose-of.ts';
import { type Around, closedQuestion, writtenQuestion } from './read-interaction.ts';

/** What an item asks, or nothing where it was refused. */
export function readItem(item: Element, around: Around): FlatQuestion['wording'] | undefined {
	const body = childOf(item, 'itemBody');
	if (!body || childOf(item, 'templateDeclaration') || childOf(item, 'templateProcessing')) {
		around.refuse(body ? 'formats.qti-template' : 'formats.no-stem');
		return undefined;
	}
	if (childOf(item, 'assessmentStimulusRef')) around.lose('case');
	const interactions = interactionsIn(body);
	const stem = stemOf(body, interactions, around);
	const [first] = interactions;
	if (!first) return { kind: 'situation', text: stem };

	const answers = new Map(elementsIn(item, 'responseDeclaration').map((each) => answerOf(each)));
	const common = { stem, explanation: explanationOf(item, around) };
	if (interactions.every(({ name }) => name === 'textEntryInteraction')) {
		const blanks = interactions.map((each) => blankOf(each, answers, item, around));
		if (blanks.every((blank) => blank !== undefined)) return { ...common, kind: 'fill-in', blanks };
		around.refuse('formats.no-key');
		return undefined;
	}
	if (interactions.length > 1) {
		around.refuse('formats.qti-several');
		return undefined;
	}
	const answer = answers.get(first.attributes.responseIdentifier ?? '');
	if (first.name === 'extendedTextInteraction') return { ...common, ...writtenQuestion(first, body) };
	if (!answer || answer.key.length === 0) {
		around.refuse('formats.no-key');
		return undefined;
	}
	if (answer.isUneven) around.lose('partial-credit');
	return closedQuestion(first, answer, common, around);
}

function interactionsIn(body: Element): Element[] {
	const found: Element[] = [];
	const walk = (element: Element) => {
		for (const child of elementsIn(element)) {
			if (child.name.endsWith('Interaction')) found.push(child);
			else if (!isAside(child)) walk(child);
		}
	};
	walk(body);
	return found;
}

function stemOf(body: Element, interactions: Element[], { inCase, lose, picture }: Around): string {
	const builder = proseBuilder(lose, { picture });
	const isOnlyText = interactions.every(({ name }) => name === 'textEntryInteraction');
	let blank = 0;
	const walk = (element: Element) => {
		for (const child of element.children) {
			if (typeof child === 'string') builder.text(child);
			else if (child.name === 'textEntryInteraction' && isOnlyText) builder.text(`【${++blank}】`);
			else if (child.name.endsWith('Interaction')) {
				const prompt = childOf(child, 'prompt');
				if (prompt) inside(builder, 'p', {}, () => walk(prompt));
			} else if (isAside(child)) {
				if (child.name === 'feedbackBlock' && textOf(child).trim() !== '') lose('feedback');
			} else if (inCase && child.attributes.class === 'situation') continue;
			else inside(builder, child.name, child.attributes, () => walk(child));
		}
	};
	walk(body);
	return builder.done();
}

const explanationOf = (item: Element, { lose, picture }: Around): string => {
	const own = elementsIn(item, 'modalFeedback').filter(
		({ attributes }) => !/^RESPONSE\d*_\d+$/.test(attributes.identifier ?? '')
	);
	return own
		.map((each) => proseOf(each, lose, { picture }))
		.filter((text) => text !== '')
		.join('\n\n');
};

const plainNumber = /^-?\d+(\.\d+)?$/;

function blankOf(
	{ attributes }: Element,
	answers: Map<string, DeclaredAnswer>,
	item: Element,
	{ lose }: Around
): ExchangeBlank | undefined {
	const identifier = attributes.responseIdentifier ?? '';
	const answer = answers.get(identifier);
	if (!answer || answer.key.length === 0) return undefined;
	if (answer.isUneven) lose('partial-credit');
	const mistakes = answer.wrong.map((wrong, index) => ({
		answer: wrong,
		why: feedbackOf(item, `${identifier}_${index + 1}`, lose)
	}));
	const rest = mistakes.length > 0 && { mistakes };
	const [only] = answer.key;
	const isNumber = ['float', 'integer'].includes(answer.baseType) && answer.key.length === 1 && plainNumber.test(only!);
	return isNumber ? { ...numberBlank(only!), ...rest } : { accept: answer.key, ...rest };
}
