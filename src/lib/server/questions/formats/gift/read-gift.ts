import { decode } from '#lib/server/platform/tables/read-csv.ts';
import type { Details, SmallWording } from '../exchange-question.ts';
import { takeFlat, type FlatQuestion } from '../flat-questions.ts';
import type { Place, Reading } from '../format.ts';
import { readLabels } from '../labels.ts';
import { openReading, type OpenReading } from '../open-reading.ts';
import { htmlToText } from '../xml/html-to-text.ts';
import { findUnescaped, unescapeGift } from './gift-text.ts';
import { readAnswers } from './read-answers.ts';

/** One question of a file, before it is taken apart: its lines without comments, what its comments say, and its category. */
interface Block {
	place: Place;
	text: string;
	code?: string;
	labels: string[];
	category: string;
}

/** Reads Moodle's GIFT, with the codes and tags that stand in comments before a question. */
export async function readGift(file: Buffer): Promise<Reading> {
	const reading = openReading();
	const entries: FlatQuestion[] = [];
	for (const block of blocksIn(decode(file))) {
		const { words: _, caseKey, details } = readLabels(block.labels);
		const own: Details = { ...(block.code !== undefined && { code: block.code }), ...details };
		if (own.topic === '') own.topic = block.category;
		const wording = readBlock(block, reading);
		if (wording) entries.push({ place: block.place, details: own, wording, ...(caseKey !== undefined && { caseKey }) });
	}
	takeFlat(reading, entries);
	return reading;
}

function* blocksIn(text: string): Generator<Block> {
	let category = '';
	let open: Block | undefined;
	let comment: Pick<Block, 'code' | 'labels'> = { labels: [] };
	const closed = function* () {
		if (open) yield open;
		open = undefined;
		comment = { labels: [] };
	};
	for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
		const plain = line.trim();
		if (/^\$CATEGORY:/i.test(plain)) {
			yield* closed();
			category = topicOf(plain.slice(plain.indexOf(':') + 1));
		} else if (plain.startsWith('//')) {
			if (!open) comment = { ...readComment(plain), labels: [...comment.labels, ...readComment(plain).labels] };
		} else if (plain === '') {
			if (open) yield* closed();
		} else if (open) open.text += `\n${line}`;
		else open = { place: { line: index + 1 }, text: line, category, ...comment };
	}
	yield* closed();
}

function readComment(comment: string): Pick<Block, 'code' | 'labels'> {
	const code = /\[id:((?:\\.|[^\]\\])+)\]/.exec(comment)?.[1];
	const labels = [...comment.matchAll(/\[tag:((?:\\.|[^\]\\])+)\]/g)].map((match) => unescapeLabel(match[1]!));
	return { ...(code !== undefined && { code: unescapeLabel(code) }), labels };
}

const unescapeLabel = (text: string): string =>
	text.replace(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark)).trim();

/** The last part of a category's path; the parts that every Moodle has say nothing. */
export function topicOf(category: string): string {
	const [last = ''] = category
		.split(/(?<!\/)\/(?!\/)/)
		.map((part) => part.replaceAll('//', '/').trim())
		.slice(-1);
	return /^(\$\w+\$|top|Default for .*|.*默认.*|)$/i.test(last) ? '' : last;
}

function readBlock({ text, place }: Block, reading: OpenReading): FlatQuestion['wording'] | undefined {
	const { rest, isHtml } = headOf(text);
	const lose = (feature: Parameters<OpenReading['lose']>[1]) => reading.lose(place, feature);
	const prose = (raw: string) => (isHtml ? htmlToText(unescapeGift(raw), lose) : unescapeGift(raw));
	const open = findUnescaped(rest, '{');
	if (open === -1) return { kind: 'situation', text: prose(rest).trim() };
	const close = findUnescaped(rest, '}', open);
	if (close === -1 || findUnescaped(rest, '{', close) !== -1) {
		reading.refuse(place, close === -1 ? 'formats.gift-open' : 'formats.gift-several');
		return undefined;
	}
	const answers = readAnswers(rest.slice(open + 1, close), {
		lose,
		prose: (raw) => prose(raw).trim(),
		refuse: (code) => reading.refuse(place, code)
	});
	return answers && asked(answers, prose(rest.slice(0, open)), prose(rest.slice(close + 1)));
}

/** Puts the stem together around the place of the answer. */
function asked(answers: SmallWording, before: string, after: string): SmallWording {
	const isBlank = answers.kind === 'fill-in';
	const gap = after.trim() === '' ? '' : ' _____ ';
	const stem = isBlank ? `${before}【1】${after}` : `${before}${gap}${after}`;
	return { ...answers, stem: stem.trim() };
}

function headOf(text: string): { rest: string; isHtml: boolean } {
	let rest = text.trim();
	if (rest.startsWith('::')) {
		const end = findUnescaped(rest, '::', 2);
		if (end !== -1) rest = rest.slice(end + 2);
	}
	const format = /^\s*\[(html|markdown|plain|moodle)\]/.exec(rest);
	return { rest: format ? rest.slice(format[0].length) : rest, isHtml: format?.[1] === 'html' };
}
