import { type SQL, sql } from 'drizzle-orm';
import { people } from '#db/schema/people.ts';

const han = /\p{Script=Han}+/gu;

/**
 * The people whom these words find, all of them: Chinese characters anywhere in the name, Latin letters from the beginning of
 * a reading ("chenzhiw", "chenzw", "czw", "zhiwei"), figures anywhere in the staff number. Nothing typed finds everybody.
 * Answered from an index, whatever the length.
 */
export function isFoundBy(typed: string): SQL {
	const patterns = termsOf(typed).map((pattern) => sql`${people.words} like ${pattern}`);
	return patterns.length > 0 ? sql`(${sql.join(patterns, sql` and `)})` : sql`true`;
}

function termsOf(typed: string): string[] {
	const clean = typed.toLowerCase().replace(/[·•]/g, '');
	const names = (clean.match(han) ?? []).map((part) => `% ${[...part].join(' ')} %`);
	const others = clean.replace(han, ' ').split(/\s+/).filter(Boolean);
	return [
		...names,
		...others.map((word) => (/^\d{3,}$/.test(word) ? `%${word}%` : `% ${word.replace(/[\\%_]/g, '\\$&')}%`))
	];
}
