import { readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Table {
	/** Name of the constant in the schema. */
	constant: string;
	/** Name in the database. */
	name: string;
	/** The module that writes it: the one of the same name as the schema file, or the platform where that is no module. */
	owner: string;
}

/** Schema files that are no module of their own. */
const partOf: Record<string, string> = {
	files: 'platform',
	audiences: 'programmes',
	'work-plans': 'unit-reports',
	indicators: 'unit-reports',
	publicity: 'unit-reports',
	reminders: 'programmes',
	'exam-papers': 'exams',
	'exam-candidates': 'exams',
	'exam-sittings': 'exams',
	'exam-marking': 'exams',
	'exam-statistics': 'exams',
	'paper-entries': 'exams',
	'assessment-schemes': 'assessments',
	'assessment-results': 'assessments',
	'annual-grades': 'assessments'
};
const ownerOf = (schema: string) => partOf[schema] ?? schema;

/** Every table of `db/schema/<module>.ts`. */
async function readTables(): Promise<Table[]> {
	const tables: Table[] = [];
	for await (const file of glob('db/schema/*.ts')) {
		for (const [, constant, name] of readFileSync(file, 'utf8').matchAll(/const (\w+) = pgTable\(\s*'(\w+)'/g)) {
			tables.push({ constant: constant!, name: name!, owner: ownerOf(path.basename(file, '.ts')) });
		}
	}
	return tables;
}

/** The tables that a source text writes, through the query builder or in SQL. */
function writtenIn(source: string, tables: Table[]): Table[] {
	const built = [...source.matchAll(/\.(?:insert|update|delete)\(\s*(?:\w+\.)?(\w+)\s*\)/g)].map(
		([, constant]) => constant
	);
	const spoken = [
		...source.matchAll(/\b(?:insert into|update|delete from|truncate|copy)\s+(?:only\s+)?(?:\$\{(\w+)\}|"?(\w+)"?)/gi)
	];

	return tables.filter(
		({ constant, name }) =>
			built.includes(constant) ||
			spoken.some(([, interpolated, word]) => interpolated === constant || word?.toLowerCase() === name)
	);
}

test('only its owner writes a table', async () => {
	const tables = await readTables();
	const trespasses: string[] = [];

	for await (const file of glob('src/**/*.{ts,svelte}')) {
		const [, module] = /^src\/lib\/server\/([^/]+)\//.exec(file) ?? [];
		for (const { name, owner } of writtenIn(await readFile(file, 'utf8'), tables)) {
			if (owner !== module) trespasses.push(`${file} writes ${name}, which belongs to ${owner}`);
		}
	}
	expect(tables.length).toBeGreaterThan(10);
	expect(trespasses).toEqual([]);
});

test.each([
	"ctx.db.insert(people).values({ name: '…' })",
	'await db.update(people).set({})',
	'db.delete(people)',
	'sql`insert into people (id) values (1)`',
	'sql`update ${people} set name = 1`',
	'delete from "people" where true'
])('takes this for writing: %s', (source) => {
	expect(writtenIn(source, [{ constant: 'people', name: 'people', owner: 'people' }])).toHaveLength(1);
});

test.each([
	'db.select().from(people)',
	'sql`select 1 from people`',
	'sql`select 1 from people for update`',
	'set.delete(peoples)'
])('takes this for reading: %s', (source) => {
	expect(writtenIn(source, [{ constant: 'people', name: 'people', owner: 'people' }])).toHaveLength(0);
});
