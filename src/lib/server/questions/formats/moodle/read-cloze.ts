import type { ExchangeBlank, SmallWording } from '../exchange-question.ts';
import type { Feature } from '../format.ts';
import { numberBlank } from '../gift/read-answers.ts';
import { decodeEntities } from '../xml/html-to-text.ts';
import { childOf } from '../xml/parse-document.ts';
import { readMarkup } from './read-markup.ts';
import type { MoodleQuestion } from './moodle-question.ts';
import { unescapeAround } from './write-cloze.ts';

const opening = /\{(\d*):([A-Z_]+):/g;
const texts = ['SHORTANSWER', 'SA', 'MW', 'SHORTANSWER_C', 'SAC', 'MWC'];
const numbers = ['NUMERICAL', 'NM'];

interface Hole {
	from: number;
	to: number;
	weight: string;
	type: string;
	body: string;
}

/** A question whose blanks stand in its text, as Moodle's embedded answers. Menus inside a text have no place in the bank. */
export function readCloze(question: MoodleQuestion): SmallWording | undefined {
	const { element, lose, refuse, box } = question;
	const source = childOf(element, 'questiontext');
	const blanks: ExchangeBlank[] = [];
	let fault: { code: string; values?: { type: string } } | undefined;
	const isMarkdown = source?.attributes.format === 'markdown';

	const raw = (text: string): string => {
		const holes = holesIn(text);
		if (new Set(holes.map(({ weight }) => weight)).size > 1) lose('points');
		let out = '';
		let at = 0;
		const around = (piece: string) => (isMarkdown ? unescapeAround(piece) : piece);
		for (const hole of holes) {
			const blank = blankOf(hole, lose);
			if (!blank) {
				fault ??=
					texts.includes(hole.type) || numbers.includes(hole.type)
						? { code: 'formats.no-key' }
						: { code: 'formats.cloze-type', values: { type: hole.type } };
				continue;
			}
			blanks.push(blank);
			out += `${around(text.slice(at, hole.from))}【${blanks.length}】`;
			at = hole.to;
		}
		return out + around(text.slice(at));
	};
	const stem = readMarkup(source, lose, { raw, box });
	if (fault) {
		refuse(fault.code, fault.values);
		return undefined;
	}
	return { kind: 'fill-in', stem, explanation: question.text('generalfeedback'), blanks };
}

function holesIn(text: string): Hole[] {
	const holes: Hole[] = [];
	for (const match of text.matchAll(opening)) {
		const from = match.index;
		if (from < (holes.at(-1)?.to ?? 0)) continue;
		const start = from + match[0].length;
		const end = findPlain(text, '}', start);
		if (end === -1) break;
		holes.push({ from, to: end + 1, weight: match[1] || '1', type: match[2]!, body: text.slice(start, end) });
	}
	return holes;
}

function findPlain(text: string, mark: string, from: number): number {
	for (let at = from; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === mark && !(mark === '#' && text[at - 1] === '&')) return at;
	}
	return -1;
}

function splitPlain(text: string, mark: string): string[] {
	const pieces: string[] = [];
	for (let from = 0; ;) {
		const at = findPlain(text, mark, from);
		if (at === -1) return [...pieces, text.slice(from)];
		pieces.push(text.slice(from, at));
		from = at + 1;
	}
}

/** Character references and what a backslash protects, made plain. */
const plain = (text: string): string => decodeEntities(text.replace(/\\([}#~/"*\\])/g, '$1')).trim();

function blankOf({ type, body }: Hole, lose: (feature: Feature) => void): ExchangeBlank | undefined {
	const isNumber = numbers.includes(type);
	if (!isNumber && !texts.includes(type)) return undefined;
	const items = splitPlain(body, '~').map((raw) => {
		const hash = findPlain(raw, '#', 0);
		const answer = (hash === -1 ? raw : raw.slice(0, hash)).trim();
		const weight = /^(?:=|%(-?\d+(?:\.\d+)?)%=?)/.exec(answer);
		return {
			weight: weight ? Number(weight[1] ?? 100) : 0,
			raw: answer.slice(weight?.[0].length ?? 0),
			feedback: hash === -1 ? '' : plain(raw.slice(hash + 1))
		};
	});
	if (items.some(({ weight }) => weight > 0 && weight < 100)) lose('partial-credit');
	const right = items.filter(({ weight }) => weight === 100);
	if (right.some(({ feedback }) => feedback !== '')) lose('feedback');
	const wild = items.filter(({ raw }) => /(?<!\\)\*/.test(raw));
	if (wild.length > 0) lose('wildcards');
	const wrong = items.filter((each) => each.weight <= 0 && !wild.includes(each));
	const mistakes = wrong.map(({ raw, feedback }) => ({
		answer: isNumber ? raw.replace(/:0$/, '').trim() : plain(raw),
		why: feedback
	}));
	const rest = mistakes.length > 0 && { mistakes };
	if (!isNumber) {
		const accept = right.filter((each) => !wild.includes(each)).map(({ raw }) => plain(raw));
		return accept.length > 0 ? { accept, ...rest } : undefined;
	}
	const match = /^(-?\d+(?:\.\d+)?)(?::(\d+(?:\.\d+)?))?$/.exec(right[0]?.raw.trim() ?? '');
	if (!match || right.length > 1) return undefined;
	if (Number(match[2] ?? 0) !== 0) lose('tolerance');
	return { ...numberBlank(match[1]!), ...rest };
}
