import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadLibrary } from '#lib/server/courses/content/load-library.ts';
import { aLibraryFolder, libraryFiles } from '#tests/factories/course-library.ts';

async function load(files: Record<string, string | Uint8Array>) {
	const root = await aLibraryFolder(files);
	const loaded = await loadLibrary(root);
	await rm(root, { recursive: true });
	return loaded;
}

test('gives a sound library as plain data', async () => {
	const { library } = await load(libraryFiles());
	const [statute] = library!.statutes;
	const [course] = library!.courses;
	expect(statute).toMatchObject({ slug: 'labour-contract', lastArticle: 3 });
	expect(statute!.articles[2]).toMatchObject({ address: 'labour-contract/3', ordinal: 300, chapter: 2 });
	expect(course).toMatchObject({ slug: 'labour-contract', hours: 2 });
	expect(course!.lessons[0]).toMatchObject({
		slug: 'concluding',
		position: 1,
		draw: 6,
		pass: 5,
		headings: [{ text: '先查用工' }]
	});
	expect(course!.lessons[0]!.html).toContain('data-article="labour-contract/1"');
});

test('a case comes before its questions and takes the hardest difficulty', async () => {
	const { library } = await load(libraryFiles());
	const questions = library!.courses[0]!.questions;
	expect(questions.map(({ position }) => position)).toEqual(questions.map((_, index) => index + 1));
	expect(questions.slice(-3)).toMatchObject([
		{ code: 'lc-01c1', kind: 'case', difficulty: 4, articles: ['labour-contract/1', 'labour-contract/2'] },
		{ code: 'lc-0113', caseCode: 'lc-01c1', lesson: 'concluding' },
		{ code: 'lc-0114', caseCode: 'lc-01c1', lesson: 'concluding' }
	]);
});

test('an edit changes the hash of what was edited and of nothing else', async () => {
	const files = libraryFiles();
	const before = (await load(files)).library!.courses[0]!;
	const questions = files['labour-contract/questions.yaml']!.replace('公司可以拖延。', '公司可以拖。');
	const after = (await load({ ...files, 'labour-contract/questions.yaml': questions })).library!.courses[0]!;
	const edited = after.questions.filter(({ hash }, index) => hash !== before.questions[index]!.hash);
	expect(edited.map(({ code }) => code)).toEqual(['lc-0113']);
	expect(after.lessons[0]!.hash).toBe(before.lessons[0]!.hash);
	expect(after.hash).toBe(before.hash);
});

test('keeps pictures with their type', async () => {
	const files: Record<string, string | Uint8Array> = libraryFiles();
	files['labour-contract/01-concluding.md'] = libraryFiles()['labour-contract/01-concluding.md']!.replace(
		'又见',
		'![流程](flow.png)又见'
	);
	files['labour-contract/flow.png'] = Uint8Array.from([1, 2, 3]);
	const { library } = await load(files);
	expect(library!.courses[0]!.files).toMatchObject([{ name: 'flow.png', type: 'image/png' }]);
});

test('with an error there is no library', async () => {
	const files = libraryFiles();
	const broken = files['labour-contract/course.yaml']!.replace('hours: 2', 'hours: x');
	const { library, problems } = await load({ ...files, 'labour-contract/course.yaml': broken });
	expect(library).toBeUndefined();
	expect(problems).toContainEqual(
		expect.objectContaining({ code: 'field.type', file: 'labour-contract/course.yaml', line: 8 })
	);
});
