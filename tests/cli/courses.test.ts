import { rm } from 'node:fs/promises';
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

test('another word is wrong usage, and a folder that is not there says so', async () => {
	await expect(run(['verify'])).rejects.toThrow('courses check');
	await expect(run(['check', '/nowhere/at/all'])).rejects.toThrow('/nowhere/at/all');
});
