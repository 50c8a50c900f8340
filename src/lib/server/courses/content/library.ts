import type { Bilingual } from '#lib/server/platform/content/record.ts';
import type { QuestionContent } from '#lib/server/questions/content/parse-questions.ts';
import type { StoredQuestion } from '#lib/server/questions/stored-question.ts';
import type { ChapterContent, StatuteContent } from '#lib/server/statutes/content/parse-statute.ts';
import type { Heading } from './headings.ts';
import type { CourseContent } from './parse-course.ts';

/** A sound course library as plain data, ready to be written to the database. Hashes are SHA-256 of what the author wrote. */
export interface Library {
	statutes: LibraryStatute[];
	courses: LibraryCourse[];
}

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

export interface LibraryCourse {
	slug: string;
	title: Bilingual;
	summary: Bilingual;
	statute: string;
	/** Version of each cited statute. */
	sources: Record<string, string>;
	kind: CourseContent['kind'];
	/** Training hours of the whole course. */
	hours: number;
	audience: CourseContent['audience'];
	lessons: LibraryLesson[];
	questions: LibraryQuestion[];
	files: LibraryFile[];
	/** Of course.yaml. */
	hash: string;
}

export interface LibraryLesson {
	slug: string;
	/** From 1. */
	position: number;
	title: Bilingual;
	summary: Bilingual;
	articles: string[];
	draw: number;
	pass: number;
	html: string;
	headings: Heading[];
	/** The words alone, for searching. */
	text: string;
	/** Chinese characters. */
	length: number;
	/** Of front matter and Markdown. */
	hash: string;
}

/** A question that is asked, or the situation that several share. A case comes before its questions. */
export interface LibraryQuestion {
	code: string;
	kind: QuestionContent['kind'];
	lesson: string;
	/** Place in the file, from 1. */
	position: number;
	/** The case that it belongs to. */
	caseCode?: string;
	/** For a case, that of its hardest question. */
	difficulty: number;
	/** For a case, those of all its questions. */
	articles: string[];
	from?: string;
	until?: string;
	content: StoredQuestion;
	hash: string;
}

export interface LibraryFile {
	name: string;
	type: string;
	bytes: Uint8Array;
	hash: string;
}
