import type { FailureValues } from '#lib/server/platform/errors.ts';
import type { SmallWording } from '../exchange-question.ts';
import type { Feature } from '../format.ts';
import { letterAt } from '../letters.ts';
import type { TakePicture } from '../picture-box.ts';
import { descendants, elementsIn, textOf, type Element } from '../xml/parse-document.ts';
import type { DeclaredAnswer } from './declared-answers.ts';
import { proseOf } from './prose-of.ts';

/** What reading an item may need of the world around it. */
export interface Around {
	/** Whether the item repeats the situation of its case. */
	inCase: boolean;
	/** Takes pictures of the item along. */
	picture: TakePicture;
	lose(feature: Feature): void;
	refuse(code: string, values?: FailureValues): void;
}

/** What every question has. */
export type Common = { stem: string; explanation: string };

/** A question that is answered by choosing, ordering or matching, or nothing where it was refused. */
export function closedQuestion(
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

/** A question that is answered in words, with its reference and rubric from the blocks for those who mark. */
export function writtenQuestion({ attributes }: Element, body: Element) {
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
