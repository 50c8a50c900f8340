import type { ExchangeBlank, SmallWording } from '../exchange-question.ts';
import { numberBlank } from '../gift/read-answers.ts';
import { letterAt } from '../letters.ts';
import { decodeEntities } from '../xml/html-to-text.ts';
import { childOf, elementsIn, textOf } from '../xml/parse-document.ts';
import { answersOf, type MoodleQuestion } from './moodle-question.ts';
import { readCalculated } from './read-calculated.ts';
import { readCloze } from './read-cloze.ts';
import { readMarkup } from './read-markup.ts';

/** What is asked, or nothing where it was refused. */
export function readWording(question: MoodleQuestion): SmallWording | undefined {
	switch (question.type) {
		case 'multichoice':
			return readChoice(question);
		case 'truefalse':
			return readTruth(question);
		case 'shortanswer':
			return readShort(question);
		case 'numerical':
			return readNumerical(question);
		case 'calculated':
		case 'calculatedsimple':
			return readCalculated(question);
		case 'matching':
		case 'match':
			return readMatching(question);
		case 'ordering':
			return readOrdering(question);
		case 'essay':
			return readEssay(question);
		case 'cloze':
		case 'multianswer':
			return readCloze(question);
		default:
			question.refuse('formats.moodle-type', { type: question.type.slice(0, 40) });
			return undefined;
	}
}

const common = ({ text }: MoodleQuestion) => ({ stem: text('questiontext'), explanation: text('generalfeedback') });

function readChoice(question: MoodleQuestion): SmallWording {
	const { element, lose } = question;
	const single = textOf(childOf(element, 'single')).trim();
	const isSingle = single === '' || ['true', '1'].includes(single);
	const answers = answersOf(question);
	const right = answers.filter(({ fraction }) => (isSingle ? fraction === 100 : fraction > 0));
	const uneven = isSingle
		? answers.some(({ fraction }) => fraction > 0 && fraction < 100)
		: right.some(({ fraction }) => Math.abs(fraction - 100 / right.length) > 0.01);
	if (uneven) lose('partial-credit');
	if (right.some(({ feedback }) => feedback !== '')) lose('feedback');
	const shuffle = textOf(childOf(element, 'shuffleanswers')).trim();
	return {
		...common(question),
		kind: isSingle ? 'single' : 'multiple',
		options: answers.map((each) => ({
			text: each.text,
			...(!right.includes(each) && each.feedback !== '' && { why: each.feedback })
		})),
		key: answers.flatMap((each, index) => (right.includes(each) ? [letterAt(index)] : [])),
		...(['false', '0'].includes(shuffle) && { shuffle: false as const })
	};
}

function readTruth(question: MoodleQuestion): SmallWording | undefined {
	const answers = answersOf(question);
	const isTrue = ({ raw }: { raw: string }) => /^true$/i.test(raw);
	const right = answers.find(({ fraction }) => fraction === 100);
	if (!right || !answers.every(({ raw }) => /^(true|false)$/i.test(raw))) {
		question.refuse('formats.no-key');
		return undefined;
	}
	if (right.feedback !== '') question.lose('feedback');
	const why = answers.find((each) => each !== right)?.feedback ?? '';
	return { ...common(question), kind: 'true-false', key: isTrue(right), why };
}

/** Where the blank goes: in the place of a run of underscores, else at the end. */
function withBlank(stem: string): string {
	if (stem === '' || stem.includes('【1】')) return stem;
	return /_{2,}/.test(stem) ? stem.replace(/(?:\\?_){2,}/, '【1】') : `${stem}【1】`;
}

function readShort(question: MoodleQuestion): SmallWording {
	const answers = answersOf(question);
	const plain = (text: string) => text.replaceAll('\\*', '*');
	const [wild, exact] = [answers.filter(hasWildcard), answers.filter((each) => !hasWildcard(each))];
	if (wild.length > 0) question.lose('wildcards');
	if (answers.some(({ fraction }) => fraction > 0 && fraction < 100)) question.lose('partial-credit');
	const right = exact.filter(({ fraction }) => fraction === 100);
	if (right.some(({ feedback }) => feedback !== '')) question.lose('feedback');
	const mistakes = exact
		.filter(({ fraction }) => fraction <= 0)
		.map(({ raw, feedback }) => ({ answer: plain(raw), why: feedback }));
	const blank: ExchangeBlank = {
		accept: right.map(({ raw }) => plain(raw)),
		...(mistakes.length > 0 && { mistakes })
	};
	const { stem, explanation } = common(question);
	return { kind: 'fill-in', stem: withBlank(stem), explanation, blanks: [blank] };
}

const hasWildcard = ({ raw }: { raw: string }): boolean => /(?<!\\)\*/.test(raw);

function readNumerical(question: MoodleQuestion): SmallWording | undefined {
	const answers = answersOf(question);
	const numbers = answers.filter(({ raw }) => /^-?\d+(\.\d+)?$/.test(raw));
	if (numbers.length < answers.length) question.lose('wildcards');
	const right = numbers.filter(({ fraction }) => fraction === 100);
	const [only] = right;
	if (!only || right.length > 1) {
		question.refuse(only ? 'formats.key-several' : 'formats.no-key');
		return undefined;
	}
	if (Number(textOf(childOf(only.answer, 'tolerance')) || '0') !== 0) question.lose('tolerance');
	if (numbers.some(({ fraction }) => fraction > 0 && fraction < 100)) question.lose('partial-credit');
	if (only.feedback !== '') question.lose('feedback');
	if (childOf(question.element, 'units')) question.lose('unit');
	const mistakes = numbers
		.filter(({ fraction }) => fraction <= 0)
		.map(({ raw, feedback }) => ({ answer: raw, why: feedback }));
	const { stem, explanation } = common(question);
	const blank = { ...numberBlank(only.raw), ...(mistakes.length > 0 && { mistakes }) };
	return { kind: 'fill-in', stem: withBlank(stem), explanation, blanks: [blank] };
}

function readMatching(question: MoodleQuestion): SmallWording {
	const sides = elementsIn(question.element, 'subquestion').map((each) => ({
		left: readMarkup(each, question.lose, { plain: true }),
		right: textOf(childOf(childOf(each, 'answer'), 'text')).trim()
	}));
	const distractors = sides.filter(({ left }) => left === '').map(({ right }) => right);
	return {
		...common(question),
		kind: 'matching',
		pairs: sides.filter(({ left }) => left !== ''),
		...(distractors.length > 0 && { distractors })
	};
}

function readOrdering(question: MoodleQuestion): SmallWording {
	const answers = answersOf(question).sort((a, b) => a.fraction - b.fraction);
	return { ...common(question), kind: 'ordering', items: answers.map(({ text }) => text) };
}

function readEssay(question: MoodleQuestion): SmallWording {
	const { element, lose, words = '' } = question;
	const lines = Number(textOf(childOf(element, 'responsefieldlines')).trim() || '15');
	const info = childOf(element, 'graderinfo');
	const raw = textOf(childOf(info, 'text') ?? info).trim();
	const own = /^<div>([^]*?)<\/div><ol>([^]*)<\/ol>$/.exec(raw);
	const text = (html: string) => decodeEntities(html.replaceAll('<br>', '\n'));
	const [, min = '', max = ''] = /^(\d*)-(\d*)$/.exec(words) ?? [];
	const bounds = { ...(min !== '' && { min: Number(min) }), ...(max !== '' && { max: Number(max) }) };
	if (['minwordlimit', 'maxwordlimit'].some((name) => Number(textOf(childOf(element, name)) || '0') > 0))
		lose('length');
	return {
		...common(question),
		kind: lines <= 5 ? 'short-answer' : 'essay',
		reference: own ? text(own[1]!) : readMarkup(info, lose),
		rubric: own
			? [...own[2]!.matchAll(/<li data-points="([\d.]+)">([^]*?)<\/li>/g)].map((match) => ({
					criterion: text(match[2]!),
					points: Number(match[1])
				}))
			: [],
		...(words !== '' && { words: bounds })
	};
}
