import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { run } from '../../src/cli/courses.ts';
import { aLibraryFolder, libraryFiles } from '#tests/factories/course-library.ts';

async function output(argv: string[]) {
	const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
	try {
		const code = await run(argv);
		return { code, text: write.mock.calls.map(([text]) => text).join('') };
	} finally {
		write.mockRestore();
	}
}

test('a sound library ends with 0', async () => {
	const root = await aLibraryFolder();
	expect(await output(['check', root])).toMatchObject({ code: 0 });
	await rm(root, { recursive: true });
});

test('an error ends with 1 and names file, line, question and rule', async () => {
	const files = libraryFiles();
	files['labour-contract/questions.yaml'] = files['labour-contract/questions.yaml']!.replace(
		'answer: 8000',
		'answer: 8001'
	);
	const root = await aLibraryFolder(files);
	const { code, text } = await output(['check', root]);
	expect(code).toBe(1);
	expect(text).toMatch(/^labour-contract\/questions\.yaml:\d+: 错误 lc-0112 .*8000.* \[example\.answer\]$/m);

	const json = await output(['check', root, '--json']);
	expect(JSON.parse(json.text).problems).toContainEqual(
		expect.objectContaining({ code: 'example.answer', question: 'lc-0112' })
	);
	await rm(root, { recursive: true });
});

test('tells what the library covers, and whether a file still says so', async () => {
	const root = await aLibraryFolder();
	const out = path.join(root, '../', `${path.basename(root)}.md`);
	expect(await output(['coverage', root, '--out', out])).toMatchObject({ code: 0 });
	expect(await output(['coverage', root])).toEqual({ code: 0, text: await readFile(out, 'utf8') });
	expect(await output(['coverage', root, '--out', out, '--check'])).toMatchObject({ code: 0 });

	await writeFile(out, '| 1 | 劳动合同法 1 | 12 |');
	expect(await output(['coverage', root, '--out', out, '--check'])).toMatchObject({ code: 1 });
	await expect(run(['coverage', root, '--check'])).rejects.toThrow('--out FILE');
	await Promise.all([root, out].map((each) => rm(each, { recursive: true })));
});

test('another word is wrong usage, and a folder that is not there says so', async () => {
	await expect(run(['verify'])).rejects.toThrow('courses check');
	await expect(run(['check', '/nowhere/at/all'])).rejects.toThrow('/nowhere/at/all');
});
