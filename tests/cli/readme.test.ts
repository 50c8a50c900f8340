import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { variables } from '#lib/server/platform/env.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

/** Rows of the table under a heading, without its head. */
function rowsUnder(heading: string): string[] {
	const [, section = ''] = readme.split(`## ${heading}\n`);
	return section
		.split('\n## ')[0]!
		.split('\n')
		.filter((line) => line.startsWith('| '))
		.slice(2);
}

test('lists every variable that an operator sets, with its default and what it is, and no other', () => {
	const expected = Object.entries(variables)
		.filter(([, variable]) => !('internal' in variable))
		.map(([name, variable]) => {
			const value = 'default' in variable && variable.default ? ` \`${variable.default}\`` : '';
			return `| \`${name}\` |${value} | ${variable.is} |`;
		});
	expect(rowsUnder('Configuration')).toEqual(expected);
});

test('lists every command with the summary that it gives itself, and no other', async () => {
	const names = readdirSync(path.join(root, 'src/cli'))
		.filter((file) => readFileSync(path.join(root, 'src/cli', file), 'utf8').includes('export const usage'))
		.map((file) => path.basename(file, '.ts'));
	const expected = await Promise.all(
		names.map(async (name) => {
			const { summary } = (await import(`../../src/cli/${name}.ts`)) as Command;
			return `| \`mingfa ${name}\` | ${summary} |`;
		})
	);
	expect(rowsUnder('Commands').toSorted()).toEqual(expected.toSorted());
});

describe.each(['README.md', 'CONTRIBUTING.md', 'docs/operations.md', 'docs/glossary.md', 'courses/README.md'])(
	'%s',
	(file) => {
		const text = readFileSync(path.join(root, file), 'utf8');
		const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`]*`/g, '');

		test('links to nothing that is not there', () => {
			const links = [...prose.matchAll(/\]\(([^)#]+)[^)]*\)/g)]
				.map(([, link]) => link!)
				.filter((link) => !/^[a-z]+:/.test(link));
			const missing = links.filter((link) => !existsSync(path.resolve(root, path.dirname(file), link)));
			expect(missing).toEqual([]);
		});

		test('names only scripts that npm knows', () => {
			const named = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name!);
			expect(named.filter((name) => !(name in scripts))).toEqual([]);
		});
	}
);

test('its pictures are small', () => {
	for (const [, picture] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) {
		expect(statSync(path.join(root, picture!)).size, picture).toBeLessThanOrEqual(300 * 1024);
	}
});
