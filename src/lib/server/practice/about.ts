/** What a round draws from, taken apart: `chapter/labour-contract/3` is chapter 3 of that law. */
export type About =
	| { of: 'due' | 'wrong' | 'weak' }
	| { of: 'law'; statute: string }
	| { of: 'chapter'; statute: string; chapter: number }
	| { of: 'article'; statute: string; article: string };

/** Reads what the address or a row says; the schema `beginRound` has seen to its form. */
export function readAbout(text: string): About {
	const [of = '', statute = '', part = ''] = text.split('/');
	if (of === 'law') return { of, statute };
	if (of === 'chapter') return { of, statute, chapter: Number(part) };
	if (of === 'article') return { of, statute, article: part };
	return { of: of === 'wrong' || of === 'weak' ? of : 'due' };
}
