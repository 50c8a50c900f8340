import type { FailureValues } from '#lib/server/platform/errors.ts';
import type { ExchangeBlank, SmallWording } from '../exchange-question.ts';
import type { FlatQuestion } from '../flat-questions.ts';
import type { Feature } from '../format.ts';
import { numberBlank } from '../gift/read-answers.ts';
import { letterAt } from '../letters.ts';
import type { TakePicture } from '../picture-box.ts';
import { childOf, descendants, elementsIn, textOf, type Element } from '../xml/parse-document.ts';
import { proseBuilder } from '../xml/prose-builder.ts';
import { answerOf, feedbackOf, type DeclaredAnswer } from './declared-answers.ts';
import { inside, isAside, proseOf } from './prose-of.ts';

export interface Around {
	/** Whether the item repeats the situation of its case. */
	inCase: boolean;
	/** Takes pictures of the item along. */
	picture: TakePicture;
	lose(feature: Feature): void;
	refuse(code: string, values?: FailureValues): void;
}

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
	if (first.name === 'extendedTextInteraction') return { ...common, ...written(first, body) };
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

type Common = { stem: string; explanation: string };

function closedQuestion(
	interaction: Element,
	answer: DeclaredAnswer,
	common: Common,
	around: Around
): SmallWording | undefined {
	switch (interaction.name) {
		case 'choiceInteraction':
			return choice(interaction, answer, common, around);
		case 'orderInteraction': {
			const texts = textsOf(elementsIn(interaction, 'simpleChoice'), around);
			const items = answer.key.map((identifier) => texts.get(identifier) ?? '');
			if (items.length < texts.size) around.lose('distractors');
			return { ...common, kind: 'ordering', items };
		}
		case 'matchInteraction':
			return matching(interaction, answer, common, around);
		default:
			around.refuse('formats.qti-interaction', { type: interaction.name.slice(0, 40) });
			return undefined;
	}
}

const textsOf = (choices: Element[], { lose }: Around): Map<string, string> =>
	new Map(choices.map((each) => [each.attributes.identifier ?? '', proseOf(each, lose, { plain: true })]));

function choice(interaction: Element, { key }: DeclaredAnswer, common: Common, around: Around): SmallWording {
	const choices = elementsIn(interaction, 'simpleChoice');
	const reasonOf = (each: Element): string => {
		const [feedback] = descendants(each, 'feedbackInline');
		return feedback ? proseOf(feedback, around.lose, { plain: true }) : '';
	};
	const isRight = (each: Element) => key.includes(each.attributes.identifier ?? '');
	const truth = (each: Element) => /^(t|true)$/i.test(each.attributes.identifier ?? '');
	if (choices.length === 2 && choices.every((each) => /^(t|f|true|false)$/i.test(each.attributes.identifier ?? ''))) {
		const wrong = choices.find((each) => !isRight(each));
		return {
			...common,
			kind: 'true-false',
			key: choices.some((each) => isRight(each) && truth(each)),
			why: wrong ? reasonOf(wrong) : ''
		};
	}
	const texts = textsOf(choices, around);
	const isSingle =
		interaction.attributes.maxChoices === '1' || (interaction.attributes.maxChoices === undefined && key.length === 1);
	return {
		...common,
		kind: isSingle ? 'single' : 'multiple',
		options: choices.map((each) => {
			const why = reasonOf(each);
			if (why !== '' && isRight(each)) around.lose('feedback');
			return {
				text: texts.get(each.attributes.identifier ?? '') ?? '',
				...(why !== '' && !isRight(each) && { why })
			};
		}),
		key: choices.flatMap((each, index) => (isRight(each) ? [letterAt(index)] : [])),
		...(interaction.attributes.shuffle !== 'true' && { shuffle: false as const })
	};
}

function matching(interaction: Element, { key }: DeclaredAnswer, common: Common, around: Around): SmallWording {
	const [lefts, rights] = elementsIn(interaction, 'simpleMatchSet').map((set) =>
		textsOf(elementsIn(set, 'simpleAssociableChoice'), around)
	);
	const partner = new Map(
		key.map((pair) => {
			const [left = '', right = ''] = pair.trim().split(/\s+/);
			return lefts?.has(left) ? [left, right] : [right, left];
		})
	);
	const pairs = [...(lefts ?? [])].flatMap(([identifier, left]) => {
		const right = rights?.get(partner.get(identifier) ?? '');
		return right === undefined ? [] : [{ left, right }];
	});
	if (pairs.length < (lefts?.size ?? 0)) around.lose('distractors');
	const used = new Set(partner.values());
	const distractors = [...(rights ?? [])].filter(([identifier]) => !used.has(identifier)).map(([, text]) => text);
	return { ...common, kind: 'matching', pairs, ...(distractors.length > 0 && { distractors }) };
}

function written({ attributes }: Element, body: Element) {
	const guides = [...descendants(body, 'rubricBlock')].filter((each) =>
		/scorer|tutor/.test(each.attributes.view ?? '')
	);
	const nothing = () => {};
	const ofClass = (name: string) =>
		guides
			.flatMap((guide) => [...descendants(guide, 'div', 'ol', 'span')])
			.filter((each) => each.attributes.class === name);
	const [reference] = ofClass('reference');
	const points = ofClass('points').map((each) => Number(textOf(each)));
	const isOwn = reference !== undefined || points.length > 0;
	const kind: 'essay' | 'short-answer' = attributes.class === 'short-answer' ? 'short-answer' : 'essay';
	const [, min, max] = /^\[\\s\\S\]\{(\d+),(\d*)\}$/.exec(attributes.patternMask ?? '') ?? [];
	const others = guides.map((guide) => proseOf(guide, nothing)).join('\n\n');
	return {
		kind,
		reference: isOwn ? (reference ? proseOf(reference, nothing, { plain: true }) : '') : others,
		rubric: ofClass('criterion').map((each, index) => ({
			criterion: proseOf(each, nothing, { plain: true }),
			points: points[index] ?? 1
		})),
		...(min !== undefined && {
			words: { ...(min !== '0' && { min: Number(min) }), ...(max !== '' && { max: Number(max) }) }
		})
	};
}
