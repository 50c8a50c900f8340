import { articleName, chapterName } from '#lib/format/articles.ts';
import { localized, type Localized } from '#lib/format/localized.ts';
import { m } from '#lib/paraglide/messages.js';

/** What a round of practice is called: by the law and its part, or by what brought the questions together. */
export function aboutWords(about: string, short: Localized | null): string {
	const [of, , part = ''] = about.split('/');
	const law = short ? localized(short) : '';
	if (of === 'law') return m.practice_about_law({ law });
	if (of === 'chapter') return m.practice_about_part({ law, part: chapterName(Number(part)) });
	if (of === 'article') return m.practice_about_part({ law, part: articleName(part) });
	if (of === 'wrong') return m.practice_about_wrong();
	return of === 'weak' ? m.practice_about_weak() : m.practice_about_due();
}
