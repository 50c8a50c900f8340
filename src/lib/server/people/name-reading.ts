import { pinyin } from 'pinyin-pro';

/** How a name is read, for finding it: full pinyin without tones, and the initials ("白景行": "baijingxing", "bjx"). */
export function readingOf(name: string): { pinyin: string; initials: string } {
	const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true }).map((syllable) =>
		syllable.toLowerCase()
	);
	return {
		pinyin: syllables.join('').replace(/\s+/g, ''),
		initials: syllables.map((syllable) => syllable.trim().charAt(0)).join('')
	};
}
