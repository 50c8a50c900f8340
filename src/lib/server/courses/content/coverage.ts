import type { Bilingual } from '#lib/server/platform/content/record.ts';
import { smallKinds, type QuestionContent } from '#lib/server/questions/content/parse-questions.ts';
import type { Library, LibraryCourse } from './library.ts';

type Kind = QuestionContent['kind'];

/** What a library teaches and asks, article by article and lesson by lesson. Questions that have an end are left out. */
export interface Coverage {
	courses: CourseCoverage[];
	statutes: StatuteCoverage[];
}

export interface CourseCoverage {
	title: Bilingual;
	/** What the table of articles calls it. */
	short: string;
	lessons: { position: number; title: Bilingual; characters: number; articles: number; questions: number }[];
	/** Questions of each kind; those of a case count by their own kind, and the case once more as such. */
	kinds: Record<Kind, number>;
	/** Questions that can be asked by themselves. */
	questions: number;
	/** Of these, the ones that stand in a case. */
	inCases: number;
}

export interface StatuteCoverage {
	title: Bilingual;
	lastArticle: number;
	articles: { number: string; lessons: { course: string; positions: number[] }[]; questions: number }[];
}

/** Counts lessons and questions per article of each statute, and both per course. */
export function coverageOf({ courses, statutes }: Library): Coverage {
	const shorts = new Map(statutes.map(({ slug, short }) => [slug, short['zh-CN']]));
	const covered = courses.map((course) => coverCourse(course, shorts));
	const named = courses.map((course, index) => ({ course, short: covered[index]!.short }));
	return {
		courses: covered,
		statutes: statutes.map(({ title, lastArticle, articles }) => ({
			title,
			lastArticle,
			articles: articles.map(({ number, address }) => ({
				number,
				lessons: named.flatMap(({ course: { lessons }, short }) => {
					const teaching = lessons.filter((lesson) => lesson.articles.includes(address));
					return teaching.length > 0 ? [{ course: short, positions: teaching.map(({ position }) => position) }] : [];
				}),
				questions: courses.flatMap(smallIn).filter((question) => question.articles.includes(address)).length
			}))
		}))
	};
}

function coverCourse(course: LibraryCourse, shorts: ReadonlyMap<string, string>): CourseCoverage {
	const inUse = course.questions.filter(({ until }) => !until);
	const small = smallIn(course);
	return {
		title: course.title,
		short: shorts.get(course.statute ?? '') ?? course.title['zh-CN'].split('：')[0]!,
		lessons: course.lessons.map(({ slug, position, title, length, articles }) => ({
			position,
			title,
			characters: length,
			articles: articles.length,
			questions: small.filter(({ lesson }) => lesson === slug).length
		})),
		kinds: Object.fromEntries(
			[...smallKinds, 'case' as const].map((kind) => [kind, inUse.filter((question) => question.kind === kind).length])
		) as Record<Kind, number>,
		questions: small.length,
		inCases: small.filter(({ caseCode }) => caseCode).length
	};
}

const smallIn = ({ questions }: LibraryCourse) => questions.filter(({ kind, until }) => kind !== 'case' && !until);
