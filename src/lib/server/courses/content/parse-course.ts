import { readYaml, type Read } from '#lib/server/platform/content/read-yaml.ts';
import { list, mapping, number, oneOf, prose, quoted, slug } from '#lib/server/platform/content/readers.ts';
import { bilingual, optional, record } from '#lib/server/platform/content/record.ts';
import type { Source } from '#lib/server/platform/content/source.ts';

/** Kinds of posts that a course can be meant for. */
export const audiencePosts = [
	'labour-inspection',
	'dispute-arbitration',
	'labour-relations',
	'employment-services',
	'social-insurance',
	'legal-affairs',
	'division-head'
] as const;

const course = record({
	id: slug,
	title: bilingual,
	summary: bilingual,
	/** Left out by a course that rests on several statutes and goes through none of them. */
	statute: optional(slug),
	sources: mapping(quoted),
	kind: oneOf('required', 'elective'),
	hours: number({ min: 0.5, max: 200 }),
	audience: record({ 'zh-CN': prose, en: prose, posts: list(oneOf(...audiencePosts), { min: 1 }) }),
	lessons: list(slug, { min: 1, max: 99 })
});

export type CourseContent = Read<typeof course>;

/** Reads course.yaml. */
export const parseCourse = (source: Source, text: string): CourseContent | undefined => readYaml(source, text, course);
