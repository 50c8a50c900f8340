import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { coverageOf } from '#lib/server/courses/content/coverage.ts';
import { coverageTable } from '#lib/server/courses/content/coverage-table.ts';
import { loadLibrary } from '#lib/server/courses/content/load-library.ts';
import { aLibraryFolder, filesWithoutOwnStatute, libraryFiles } from '#tests/factories/course-library.ts';

async function coverageIn(files: Record<string, string>) {
	const root = await aLibraryFolder(files);
	const { library } = await loadLibrary(root);
	await rm(root, { recursive: true });
	return coverageOf(library!);
}

test('counts lessons and questions per article, and questions by kind per course', async () => {
	const { courses, statutes } = await coverageIn(libraryFiles());
	expect(courses).toMatchObject([
		{
			short: '劳动合同法',
			lessons: [{ position: 1, articles: 3, questions: 14 }],
			questions: 14,
			inCases: 2,
			kinds: { single: 9, multiple: 1, 'true-false': 2, 'fill-in': 1, numeric: 1, case: 1 }
		}
	]);
	expect(statutes[0]?.articles).toEqual([
		{ number: '1', lessons: [{ course: '劳动合同法', positions: [1] }], questions: 13 },
		{ number: '2', lessons: [{ course: '劳动合同法', positions: [1] }], questions: 9 },
		{ number: '3', lessons: [{ course: '劳动合同法', positions: [1] }], questions: 8 }
	]);
});

test('a question that has an end does not count', async () => {
	const files = libraryFiles();
	const file = 'labour-contract/questions.yaml';
	files[file] = files[file]!.replace(
		'    situation: 郑某到公司做保安。',
		'    until: "2026-01-01"\n    situation: 郑某到公司做保安。'
	);
	const { courses, statutes } = await coverageIn(files);
	expect(courses[0]).toMatchObject({ questions: 12, inCases: 0, kinds: { case: 0, 'true-false': 1 } });
	expect(statutes[0]?.articles[0]).toMatchObject({ questions: 12 });
});

test('a course without a statute of its own goes by its title, and of a statute that is held in part it is said', async () => {
	const files = filesWithoutOwnStatute();
	const [course, statute] = ['labour-contract/course.yaml', 'statutes/labour-contract.yaml'];
	files[course] = files[course]!.replace('zh-CN: 劳动合同法', 'zh-CN: 依法行政：先看权限');
	files[statute] = files[statute]!.replace('last-article: 3', 'last-article: 9').replace('to: 3}', 'to: 9}');
	const table = coverageTable(await coverageIn(files));
	expect(table).toContain('| 依法行政：先看权限 | 1 | 14 | 9 | 1 | 2 | 1 | 1 | 1 | 2 |');
	expect(table).toContain('收录3条，全文9条，有题考到的3条。');
	expect(table).toContain('| 2 | 依法行政 1 | 9 |');
});
