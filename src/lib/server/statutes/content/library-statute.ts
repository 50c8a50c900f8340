import type { Bilingual } from '#lib/server/platform/content/record.ts';
import type { ChapterContent, StatuteContent } from './parse-statute.ts';

/** A statute of the library as plain data, ready to be written to the database. */
export interface LibraryStatute {
	slug: string;
	title: Bilingual;
	short: Bilingual;
	level: StatuteContent['level'];
	issuer: string;
	adopted: string;
	effective: string;
	lastArticle: number;
	versions: StatuteContent['versions'];
	/** Empty for a text without chapters. */
	chapters: ChapterContent[];
	articles: LibraryArticle[];
	/** Of everything but the articles. */
	hash: string;
}

export interface LibraryArticle {
	/** `14` or `38-1`. */
	number: string;
	/** `labour-contract/14`. */
	address: string;
	/** Sorts articles: 1400 for 14, 3801 for 38-1. */
	ordinal: number;
	chapter: number | null;
	digest: string;
	keywords: string[];
	see: string[];
	hash: string;
}
