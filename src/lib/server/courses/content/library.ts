import type { Bilingual } from '#lib/server/platform/content/record.ts';
import type { LibraryQuestion } from '#lib/server/questions/content/library-question.ts';
import type { LibraryStatute } from '#lib/server/statutes/content/library-statute.ts';
import type { Heading } from './headings.ts';
import type { CourseContent } from './parse-course.ts';

/** A sound course library as plain data, ready to be written to the database. Hashes are SHA-256 of what the author wrote. */
export interface Library {
	statutes: LibraryStatute[];
	courses: LibraryCourse[];
}

export interface LibraryCourse {
	slug: string;
	title: Bilingual;
	summary: Bilingual;
	/** The statute that the course goes through, if it is one. */
	statute?: string;
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

export interface LibraryFile {
	name: string;
	type: string;
	bytes: Uint8Array;
	hash: string;
}
