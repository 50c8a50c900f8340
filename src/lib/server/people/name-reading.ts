import { pinyin } from 'pinyin-pro';

const longestMixed = 8;

/**
 * How a name is read, for finding it. `pinyin` holds every word that somebody may begin to type, without tones: from each
 * syllable on the full reading, and the reading whose later syllables are shortened to their initials; `initials` those of
 * the whole name ("陈知微": "chenzhiwei chenzw zhiwei zw wei", "czw"). A beginning of another word is not repeated.
 */
export function readingOf(name: string): { pinyin: string; initials: string } {
	const syllables = syllablesOf(name);
	const initials = initialsOf(syllables);
	const words = syllables.slice(0, longestMixed).flatMap((_, start) => wordsFrom(syllables.slice(start)));
	const kept = words.filter(
		(word, index) =>
			word !== initials &&
			!words.some((other, at) => at !== index && other.startsWith(word) && (other !== word || at < index))
	);
	return { pinyin: kept.join(' '), initials };
}

/** The full reading, then those that spell out ever fewer syllables before the initials. */
function wordsFrom(syllables: string[]): string[] {
	return syllables
		.map((_, index) => {
			const full = syllables.length - index;
			return syllables.slice(0, full).join('') + initialsOf(syllables.slice(full));
		})
		.concat(initialsOf(syllables));
}

const initialsOf = (syllables: string[]) => syllables.map((syllable) => syllable.charAt(0)).join('');

function syllablesOf(name: string): string[] {
	return pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true, nonZh: 'consecutive' })
		.flatMap((syllable) => syllable.toLowerCase().split(/[\s·•]+/))
		.filter(Boolean);
}
