import { type GivenAnswer, mostCharacters } from './answers.ts';

/** What a typed answer is read by: the kind of the question, its size, and how many letters it shows. */
export interface TypedSlot {
	kind: GivenAnswer['kind'];
	/** Options, blanks, left-hand sides or items. */
	size: number;
	letters: number;
}

const yes = /^(?:[✓√vty1对是]|正确|true|yes)$/u;
const no = /^(?:[✗×xfn0错否]|错误|不对|false|no)$/u;
const separators = /[\s,，、;；.。]+/gu;

/** Nothing was answered: nothing is typed, or a dash where the sheet was left empty. */
const isEmpty = (text: string): boolean => /^[-—－]*$/u.test(text.trim());

/**
 * An answer as it is copied from an answer sheet, in the letters printed there: `B`, `ACD`, `√` or `错`, `BAC-` with a dash for a side
 * left open, the blanks of a question divided by `|`, words as they are. Letters may be small, full-width, or divided.
 * @returns null for no answer, undefined for what answers no such question
 */
export function readTypedAnswer({ kind, size, letters }: TypedSlot, text: string): GivenAnswer | null | undefined {
	if (isEmpty(text)) return null;
	const narrow = text.normalize('NFKC').replace(separators, '');
	switch (kind) {
		case 'single':
		case 'multiple':
			return asChoice(kind, lettersOf(narrow, letters));
		case 'true-false': {
			const word = narrow.toLowerCase();
			return yes.test(word) ? { kind, value: true } : no.test(word) ? { kind, value: false } : undefined;
		}
		case 'fill-in': {
			const blanks = text.split(/[|｜]/u).map((blank) => blank.trim());
			return blanks.length === size && blanks.every(({ length }) => length <= 200) ? { kind, blanks } : undefined;
		}
		case 'numeric':
			return text.trim().length <= 40 ? { kind, number: text.trim() } : undefined;
		case 'matching': {
			const matched = [...narrow.toUpperCase()].map((letter) => (letter === '-' ? null : letter));
			const known = matched.every((letter) => letter === null || isWithin(letter, letters));
			return known && matched.length === size ? ({ kind, matched } as GivenAnswer) : undefined;
		}
		case 'ordering': {
			const order = lettersOf(narrow, letters);
			return order?.length === size ? ({ kind, order } as GivenAnswer) : undefined;
		}
		case 'short-answer':
		case 'essay':
			return text.length <= mostCharacters[kind] ? { kind, text } : undefined;
	}
}

function asChoice(kind: 'single' | 'multiple', chosen: string[] | undefined): GivenAnswer | undefined {
	if (!chosen || (kind === 'single' && chosen.length !== 1)) return undefined;
	return { kind, chosen: chosen.toSorted() } as GivenAnswer;
}

const isWithin = (letter: string, count: number): boolean => {
	const place = letter.charCodeAt(0) - 64;
	return letter.length === 1 && place >= 1 && place <= count;
};

/** Letters, none of them twice. */
function lettersOf(narrow: string, count: number): string[] | undefined {
	const found = [...narrow.toUpperCase()];
	return found.every((letter) => isWithin(letter, count)) && new Set(found).size === found.length ? found : undefined;
}

/** An answer as it is typed: what `readTypedAnswer` reads back. */
export function typedAnswer(answer: GivenAnswer | null): string {
	switch (answer?.kind) {
		case undefined:
			return '';
		case 'single':
		case 'multiple':
			return answer.chosen.join('');
		case 'true-false':
			return answer.value ? '✓' : '✗';
		case 'fill-in':
			return answer.blanks.join(' | ');
		case 'numeric':
			return answer.number;
		case 'matching':
			return answer.matched.map((letter) => letter ?? '-').join('');
		case 'ordering':
			return answer.order.join('');
		case 'short-answer':
		case 'essay':
			return answer.text;
	}
}
