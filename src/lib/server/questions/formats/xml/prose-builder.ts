import type { Feature } from '../format.ts';
import { pictureText, type TakePicture } from '../picture-box.ts';

const blocks = ['p', 'div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'blockquote', 'pre', 'table', 'section'];
const media = ['object', 'audio', 'video', 'svg', 'math', 'iframe', 'embed', 'canvas'];
const dropped = ['script', 'style', ...media];

/** Makes one text of the elements and texts of a page, as they come. */
export interface ProseBuilder {
	open(name: string, attributes: Record<string, string>): void;
	close(name: string): void;
	text(text: string): void;
	/** What came together, nothing blank at its edges. */
	done(): string;
}

export interface ProseOptions {
	/** Without any marks. */
	plain?: boolean | undefined;
	/** Takes pictures along; without it they are lost. */
	picture?: TakePicture | undefined;
}

/**
 * Markdown as the bank writes it: bold, links to articles, paragraphs and list items; `plain` leaves out even those marks.
 * Line breaks of the source say nothing. What has no place in it is told to `lose`.
 */
export function proseBuilder(
	lose: (feature: Feature) => void,
	{ plain = false, picture }: ProseOptions = {}
): ProseBuilder {
	let out = '';
	let silent = 0;
	const links: string[] = [];
	const breakTo = (wanted: string) => {
		const base = withoutEnd(out, ' \t');
		out = base === '' || base.endsWith(wanted) ? base : withoutEnd(base, '\n') + wanted;
	};
	return {
		open(name, attributes) {
			if (name === 'img' && silent === 0) {
				const shown = plain ? undefined : picture?.(attributes.src ?? '');
				if (shown === undefined) lose('images');
				else out += pictureText(attributes.alt ?? '', shown);
			}
			if (media.includes(name)) lose('media');
			if (dropped.includes(name)) silent++;
			if (name === 'table') lose('tables');
			if (name === 'sub' || name === 'sup') lose('formatting');
			if (blocks.includes(name)) breakTo('\n\n');
			if (name === 'br') out += '\n';
			if (name === 'li') breakTo(plain ? '\n' : '\n- ');
			if (name === 'tr') breakTo('\n');
			if ((name === 'td' || name === 'th') && !isAtStart(out)) out += ' ';
			if (!plain && (name === 'strong' || name === 'b')) out += '**';
			if (name === 'a') {
				const target = !plain && /^(statute:|https?:)[^\s()]+$/.test(attributes.href ?? '') ? attributes.href! : '';
				links.push(target);
				if (target) out += '[';
			}
		},
		close(name) {
			if (dropped.includes(name)) silent--;
			if (blocks.includes(name)) breakTo('\n\n');
			if (!plain && (name === 'strong' || name === 'b')) out += '**';
			if (name === 'a') {
				const target = links.pop();
				if (target) out += `](${target})`;
			}
		},
		text(text) {
			if (silent > 0) return;
			const [first = '', ...lines] = text.split('\n');
			if (lines.length === 0) {
				out += text;
				return;
			}
			const words = [first.trimEnd(), ...lines.slice(0, -1).map((line) => line.trim()), lines.at(-1)!.trimStart()];
			const isOpen = first.trim() !== '' || !isAtStart(out);
			out += words
				.filter((each, index) => each !== '' || (index === 0 ? isOpen : index === words.length - 1))
				.join(' ');
		},
		done: () => out.trim()
	};
}

const isAtStart = (text: string): boolean => text === '' || /\s/.test(text.at(-1)!);

function withoutEnd(text: string, marks: string): string {
	let end = text.length;
	while (end > 0 && marks.includes(text[end - 1]!)) end--;
	return text.slice(0, end);
}
