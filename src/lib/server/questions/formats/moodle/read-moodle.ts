import { invalid } from '#lib/server/platform/errors.ts';
import type { Details } from '../exchange-question.ts';
import { takeFlat, type FlatQuestion } from '../flat-questions.ts';
import type { Feature, Place, Reading } from '../format.ts';
import { topicOf } from '../gift/read-gift.ts';
import { readLabels } from '../labels.ts';
import { openReading } from '../open-reading.ts';
import { pictureBox, type PictureBox } from '../picture-box.ts';
import { childOf, elementsIn, parseDocument, textOf, type Element } from '../xml/parse-document.ts';
import type { MoodleQuestion } from './moodle-question.ts';
import { readMarkup } from './read-markup.ts';
import { readWording } from './read-wording.ts';

/** Reads Moodle's XML: the types that the bank has, as any Moodle writes them. */
export async function readMoodleXml(file: Buffer): Promise<Reading> {
	const quiz = parseDocument(file);
	if (quiz.name !== 'quiz') throw invalid('formats.not-moodle', { field: 'file' });
	const reading = openReading();
	const entries: FlatQuestion[] = [];
	const boxes = new Map<string, PictureBox>();
	let category = '';
	for (const element of elementsIn(quiz, 'question')) {
		const type = element.attributes.type ?? '';
		if (type === 'category') {
			category = topicOf(textOf(childOf(childOf(element, 'category'), 'text')));
			continue;
		}
		const place: Place = { line: element.line };
		const lose = (feature: Feature) => reading.lose(place, feature);
		const { details, caseKey, words } = detailsOf(element, category);
		if (details.code !== undefined) place.item = details.code;
		loseExtras(element, lose);
		const box = boxes.get(caseKey ?? '') ?? pictureBox();
		if (caseKey !== undefined) boxes.set(caseKey, box);
		const text = (name: string) => readMarkup(childOf(element, name), lose, { box });
		if (type === 'description') {
			const wording = { kind: 'situation' as const, text: text('questiontext') };
			entries.push({ place, details, wording, pictures: box.pictures, ...(caseKey !== undefined && { caseKey }) });
			continue;
		}
		const question: MoodleQuestion = {
			element,
			type,
			text,
			box,
			lose,
			refuse: (code, values) => reading.refuse(place, code, values),
			...(words !== undefined && { words })
		};
		const wording = readWording(question);
		const { pictures } = box;
		if (wording) entries.push({ place, details, wording, pictures, ...(caseKey !== undefined && { caseKey }) });
	}
	takeFlat(reading, entries);
	return reading;
}

function detailsOf(element: Element, category: string): { details: Details; caseKey?: string; words?: string } {
	const tags = elementsIn(childOf(element, 'tags') ?? element, 'tag').map((tag) => textOf(tag));
	const { details, ...rest } = readLabels(tags);
	const code = textOf(childOf(element, 'idnumber')).trim();
	return { details: { ...details, ...(code !== '' && { code }), topic: details.topic || category }, ...rest };
}

/** What Moodle says of its own when nobody has written anything. */
const usualFeedback =
	/^(Your answer is (correct|partially correct|incorrect)|(回答|答案)(正确|错误|不正确|部分正确))[.。]?$/i;

function loseExtras(element: Element, lose: (feature: Feature) => void): void {
	const grade = Number(textOf(childOf(element, 'defaultgrade')).trim() || '1');
	if (grade !== 1 && grade !== 0) lose('points');
	if (elementsIn(element, 'hint').some((hint) => textOf(hint).trim() !== '')) lose('hints');
	for (const name of ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback']) {
		const said = readMarkup(childOf(element, name), () => {});
		if (said !== '' && !usualFeedback.test(said)) lose('feedback');
	}
	const responses = textOf(childOf(element, 'responsetemplate')).trim();
	const format = textOf(childOf(element, 'responseformat')).trim();
	if (responses !== '' || format === 'noinline' || Number(textOf(childOf(element, 'attachments')) || '0') > 0)
		lose('response');
}
