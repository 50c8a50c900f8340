import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLibrary } from '#lib/server/courses/content/check-library.ts';
import { parseCourse } from '#lib/server/courses/content/parse-course.ts';
import type { Problem } from '#lib/server/platform/content/problem.ts';
import { openSource } from '#lib/server/platform/content/source.ts';
import { parseQuestions } from '#lib/server/questions/content/parse-questions.ts';
import { parseStatute } from '#lib/server/statutes/content/parse-statute.ts';
import {
	aLibraryFolder,
	filesWithoutOwnStatute,
	furtherQuestions,
	libraryFiles
} from '#tests/factories/course-library.ts';

type Files = Record<string, string | Uint8Array>;

async function problemsOf(files: Files) {
	const root = await aLibraryFolder(files);
	const { problems } = await checkLibrary(root);
	await rm(root, { recursive: true });
	return problems;
}

const statute = 'statutes/labour-contract.yaml';
const course = 'labour-contract/course.yaml';
const lesson = 'labour-contract/01-concluding.md';
const questions = 'labour-contract/questions.yaml';

/** The sound library with one passage of one file replaced. */
function changed(file: string, from: string, to: string): Files {
	const files = libraryFiles();
	if (!files[file]!.includes(from)) throw new Error(`${file} has no “${from}”`);
	return { ...files, [file]: files[file]!.replace(from, () => to) };
}

test('finds no error in a sound library', async () => {
	const problems = await problemsOf(libraryFiles());
	expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
});

interface Slip {
	file: string;
	from: string;
	to: string;
	code: string;
	/** A text on the line that must be named. */
	on?: string;
	question?: string;
}

async function finds({ file, from, to, code, on, question }: Slip): Promise<void> {
	const files = changed(file, from, to);
	const found = (await problemsOf(files)).filter((problem) => problem.code === code);
	expect(found, code).not.toEqual([]);
	const line =
		on === undefined
			? found[0]!.line
			: String(files[file])
					.split('\n')
					.findIndex((each) => each.includes(on)) + 1;
	expect(found).toContainEqual(expect.objectContaining({ file, line, ...(question && { question }) }));
}

describe('in YAML', () => {
	test.each<Slip>([
		{ file: course, from: 'hours: 2', to: 'hours: 2\nhour: 3', code: 'field.unknown', on: 'hour: 3' },
		{ file: course, from: 'hours: 2\n', to: '', code: 'field.missing', on: 'id: labour-contract' },
		{ file: course, from: 'hours: 2', to: 'hours: 2\nhours: 3', code: 'field.duplicate', on: 'hours: 3' },
		{ file: course, from: 'hours: 2', to: 'hours: two', code: 'field.type', on: 'hours: two' },
		{ file: course, from: '"2007"', to: '2007', code: 'field.unquoted', on: 'labour-contract: 2007' },
		{ file: course, from: 'hours: 2', to: 'hours: &h 2', code: 'yaml.feature', on: 'hours' },
		{ file: course, from: 'kind: required', to: 'kind: optional', code: 'field.type', on: 'kind' },
		{ file: statute, from: 'adopted: "2007-06-29"', to: 'adopted: 2007-06-29', code: 'date.unquoted', on: 'adopted' },
		{ file: statute, from: 'effective: "2008-01-01"', to: 'effective: "2008-02-30"', code: 'field.type', on: '02-30' },
		{ file: statute, from: '说明立法的用意。', to: '说明: 立法', code: 'yaml.syntax', on: '说明: 立法' },
		{ file: statute, from: '说明立法的用意。', to: '说明 # 立法', code: 'text.comment', on: '说明 #' },
		{ file: statute, from: '说明立法的用意。', to: '说明\n      立法', code: 'text.folded', on: 'digest: 说明' },
		{ file: statute, from: '说明立法的用意。', to: '[第一条]说明', code: 'yaml.syntax', on: '[第一条]' },
		{ file: statute, from: 'digest: 说明立法的用意。', to: 'digest:', code: 'field.type', on: 'digest:' }
	])('$code for $to', finds);
});

describe('in a statute', () => {
	test.each<Slip>([
		{ file: statute, from: 'from: 3, to: 3', to: 'from: 2, to: 3', code: 'chapter.gap', on: '附则' },
		{ file: statute, from: 'from: 3, to: 3', to: 'from: 3, to: 4', code: 'chapter.gap', on: '附则' },
		{
			file: statute,
			from: 'see: [labour-contract/2]',
			to: 'see: [labour-contract/9]',
			code: 'article.unknown',
			on: '/9]'
		},
		{
			file: statute,
			from: 'see: [labour-contract/2]',
			to: 'see: [labour/2]',
			code: 'statute.unknown',
			on: '[labour/2]'
		},
		{
			file: statute,
			from: 'see: [labour-contract/2]',
			to: 'see: [labour-contract/1]',
			code: 'article.see-self',
			on: '/1]'
		},
		{ file: statute, from: 'number: 2\n    digest', to: 'number: 1\n    digest', code: 'article.duplicate' },
		{
			file: statute,
			from: 'number: 3\n    digest',
			to: 'number: 4\n    digest',
			code: 'article.no-digest',
			on: 'articles:'
		}
	])('$code for $to', finds);
});

describe('in a course', () => {
	test.each<Slip>([
		{ file: course, from: 'id: labour-contract', to: 'id: labour', code: 'course.id', on: 'id: labour' },
		{
			file: course,
			from: '  - concluding',
			to: '  - concluding\n  - probation',
			code: 'lesson.missing',
			on: 'probation'
		},
		{ file: course, from: '  - concluding', to: '  - ending', code: 'lesson.unlisted', on: 'lessons:' },
		{ file: course, from: '"2007"', to: '"2012"', code: 'version.unknown', on: '2012' },
		{ file: course, from: '  labour-contract: "2007"', to: '  labour: "2018"', code: 'sources.missing', on: 'sources:' }
	])('$code for $to', finds);

	test('a chapter that no lesson teaches', async () => {
		const files = changed(lesson, '[第三条](statute:labour-contract/3)', '第三条');
		files[lesson] = String(files[lesson]).replace('  - labour-contract/3\n', '');
		const found = (await problemsOf(files)).filter(({ code }) => code === 'coverage.chapter');
		expect(found).toEqual([expect.objectContaining({ file: course, line: 13 })]);
	});

	test('a course that rests on several statutes goes through none of them, and names each in its links', async () => {
		const errorsOf = async (files: Files) => (await problemsOf(files)).filter(({ level }) => level === 'error');
		const files = filesWithoutOwnStatute();
		files[statute] = files[statute]!.replace('last-article: 3', 'last-article: 9').replace('to: 3}', 'to: 9}');
		expect(await errorsOf(files)).toEqual([]);

		files[lesson] = files[lesson]!.replace('[劳动合同法第一条]', '[第一条]');
		expect(await errorsOf(files)).toEqual([expect.objectContaining({ code: 'reference.short-name', file: lesson })]);
	});

	test('a picture that no lesson shows, a picture that is not there, a file that does not belong', async () => {
		const files: Files = changed(lesson, '又见', '![图](flow.png)又见');
		files['labour-contract/map.png'] = new Uint8Array([137]);
		files['labour-contract/notes.docx'] = 'x';
		const codes = (await problemsOf(files)).map(({ code, file }) => `${code} ${file}`);
		expect(codes).toContain('image.unused labour-contract/map.png');
		expect(codes).toContain(`image.missing ${lesson}`);
		expect(codes).toContain('file.stray labour-contract/notes.docx');
	});
});

describe('in a lesson', () => {
	test.each<Slip>([
		{ file: lesson, from: '[第一条]', to: '[第二条]', code: 'reference.number', on: '[第二条]' },
		{ file: lesson, from: '[第一条]', to: '[条例第一条]', code: 'reference.short-name', on: '条例' },
		{ file: lesson, from: '(statute:labour-contract/2)', to: '(<statute:labour-contract/2>)', code: 'link.form' },
		{
			file: lesson,
			from: '[第一条](statute:labour-contract/1)',
			to: '`[第一条](statute:labour-contract/1)`',
			code: 'link.form'
		},
		{ file: lesson, from: '[第一条]', to: '[总则]', code: 'reference.text', on: '[总则]' },
		{ file: lesson, from: '  - labour-contract/1\n', to: '', code: 'articles.unlisted', on: '[第一条]' },
		{
			file: lesson,
			from: '（[第一条](statute:labour-contract/1)）',
			to: '',
			code: 'articles.unlinked',
			on: '- labour-contract/1'
		},
		{ file: lesson, from: '(#先查用工)', to: '(#后查)', code: 'anchor.unknown', on: '#后查' },
		{ file: lesson, from: '(#先查用工)', to: '(lesson:ending)', code: 'lesson.unknown', on: 'lesson:ending' },
		{ file: lesson, from: '(#先查用工)', to: '(http://a.example)', code: 'link.address', on: 'http:' },
		{ file: lesson, from: '## 先查用工', to: '# 先查用工', code: 'lesson.heading', on: '# 先查用工' },
		{ file: lesson, from: '周三上午', to: '## 开头', code: 'lesson.opening', on: '## 开头' },
		{ file: lesson, from: '先查职工名册，', to: '<b>先查</b>，', code: 'lesson.html', on: '<b>' },
		{ file: lesson, from: '先查职工名册，', to: '**先查，**', code: 'lesson.emphasis', on: '**先查' },
		{ file: lesson, from: ':::case 一案到底', to: ':::case', code: 'block.title', on: ':::case' },
		{ file: lesson, from: ':::case 一案', to: ':::story 一案', code: 'block.kind', on: ':::story' },
		{ file: lesson, from: ':::case 一案到底\n1. 先算起点，再算终点。\n:::\n', to: '', code: 'lesson.no-case' },
		{ file: lesson, from: '再算终点。\n:::\n', to: '再算终点。\n', code: 'block.nested', on: ':::caution' },
		{ file: lesson, from: '3. 满一年视为已订立。\n', to: '', code: 'summary.lines', on: ':::summary' },
		{
			file: lesson,
			from: '满一年视为已订立。\n:::\n',
			to: '满一年。\n:::\n\n又一段。\n',
			code: 'block.summary-last',
			on: '又一段'
		},
		{ file: lesson, from: '签字早晚', to: '', code: 'lesson.length', on: undefined },
		{ file: lesson, from: 'pass: 5', to: 'pass: 7', code: 'check.pass', on: 'check:' },
		{ file: lesson, from: 'draw: 6', to: 'draw: 8', code: 'pool.small', on: 'check:' },
		{ file: lesson, from: 'id: concluding', to: 'id: ending', code: 'lesson.id', on: 'id: ending' },
		{ file: lesson, from: '---\nid', to: 'id', code: 'lesson.front-matter', on: 'id: concluding' }
	])('$code for $to', async (slip) => {
		if (slip.code !== 'lesson.length') return finds(slip);
		const files = libraryFiles();
		files[lesson] = files[lesson]!.replace(/先查职工名册.*\n/, '短。\n');
		expect((await problemsOf(files)).map(({ code }) => code)).toContain('lesson.length');
	});
});

describe('in questions', () => {
	const question = 'lc-0112';
	test.each<Slip>([
		{ file: questions, from: 'id: lc-0102', to: 'id: lc-0101', code: 'question.duplicate', question: 'lc-0101' },
		{ file: questions, from: 'id: lc-0101', to: 'id: LC-1', code: 'field.type', on: 'LC-1' },
		{
			file: questions,
			from: 'kind: single',
			to: 'kind: riddle',
			code: 'question.kind',
			on: 'lc-0101',
			question: 'lc-0101'
		},
		{
			file: questions,
			from: 'lesson: concluding',
			to: 'lesson: ending',
			code: 'question.lesson',
			on: 'lesson: ending'
		},
		{
			file: questions,
			from: '    lesson: concluding\n',
			to: '',
			code: 'field.missing',
			on: 'lc-0101',
			question: 'lc-0101'
		},
		{ file: questions, from: 'key: [A]', to: 'key: [B]', code: 'option.why', on: 'text: 选A', question: 'lc-0101' },
		{ file: questions, from: 'key: [A]', to: 'key: []', code: 'list.length', on: 'key: []', question: 'lc-0101' },
		{ file: questions, from: 'key: [A]', to: 'key: [F]', code: 'key.unknown', on: 'key: [F]' },
		{ file: questions, from: 'key: [A]\n', to: 'key: [A]\n    key: [B]\n', code: 'field.duplicate', on: 'key: [B]' },
		{ file: questions, from: 'key: [A, C]', to: 'key: [C, A]', code: 'key.order', on: 'key: [C, A]' },
		{ file: questions, from: 'key: [A, C]', to: 'key: [A, B, C, D]', code: 'key.all', on: 'key: [A, B, C, D]' },
		{
			file: questions,
			from: 'why: 第二种不对',
			to: 'why: 见[第一条](statute:labour-contract/1)',
			code: 'text.markdown',
			on: 'why: 见'
		},
		{ file: questions, from: '哪些正确？', to: '哪些正确?', code: 'text.half-width', on: '哪些正确?' },
		{ file: questions, from: 'text: 第二种', to: 'text: 以上都对', code: 'option.all-of-above', on: '以上都对' },
		{ file: questions, from: 'text: 第二种', to: 'text: 第一种', code: 'option.duplicate', question: 'lc-0109' },
		{ file: questions, from: '依据是[第一条]', to: '故选A，依据是[第一条]', code: 'explanation.letter', on: '故选A' },
		{
			file: questions,
			from: '依据是[第一条](statute:labour-contract/1)',
			to: '依据在此',
			code: 'explanation.no-article',
			on: '依据在此'
		},
		{
			file: questions,
			from: 'articles: [labour-contract/1, labour-contract/2, labour-contract/3]',
			to: 'articles: [labour-contract/2]',
			code: 'explanation.articles',
			question: 'lc-0101'
		},
		{
			file: questions,
			from: 'articles: [labour-contract/1]',
			to: 'articles: []',
			code: 'list.length',
			on: 'articles: []'
		},
		{ file: questions, from: '【1】个月', to: '【3】个月', code: 'blank.marks', on: '【3】', question: 'lc-0111' },
		{ file: questions, from: '- answer: 2', to: '- answer: 一', code: 'blank.mistake-right', question: 'lc-0111' },
		{ file: questions, from: '第1问，', to: '第{x}问，', code: 'placeholder.unknown', on: '{x}', question: 'lc-0101' },
		{ file: questions, from: '{wage} 元，', to: '{pay} 元，', code: 'placeholder.unknown', on: '{pay}', question },
		{ file: questions, from: '月工资 {wage} 元，', to: '', code: 'placeholder.missing', on: 'wage: {min', question },
		{
			file: questions,
			from: 'formula: wage * counted',
			to: 'formula: wage * (counted',
			code: 'formula.wrong',
			on: '(counted',
			question
		},
		{
			file: questions,
			from: 'formula: wage * counted',
			to: 'formula: pay * counted',
			code: 'formula.name',
			on: 'pay *',
			question
		},
		{
			file: questions,
			from: 'formula: wage * counted',
			to: 'formula: wage * counted - 9000',
			code: 'formula.negative',
			on: '9000',
			question
		},
		{
			file: questions,
			from: 'formula: wage * counted',
			to: 'formula: wage / (months - 3)',
			code: 'formula.wrong',
			on: 'months - 3',
			question
		},
		{
			file: questions,
			from: 'formula: wage * months',
			to: 'formula: counted * wage',
			code: 'mistake.same',
			on: 'counted * wage',
			question
		},
		{
			file: questions,
			from: 'formula: wage * counted',
			to: 'formula: wage * counted / 7',
			code: 'formula.rounding',
			on: 'counted / 7',
			question
		},
		{
			file: questions,
			from: 'tolerance: 0',
			to: 'tolerance: 4500',
			code: 'mistake.tolerated',
			on: 'wage * months',
			question
		},
		{ file: questions, from: '共 {answer} 元', to: '如此', code: 'explanation.no-answer', on: '如此', question },
		{
			file: questions,
			from: 'formula: wage * months',
			to: 'formula: if(months = 3, 1, wage * counted)',
			code: 'mistake.harmless',
			on: 'parameters:',
			question
		},
		{ file: questions, from: 'answer: 8000', to: 'answer: 8001', code: 'example.answer', on: '8001', question },
		{
			file: questions,
			from: 'months: 15, answer: 66000',
			to: 'months: 12, answer: 66000',
			code: 'example.branches',
			on: 'examples',
			question
		},
		{
			file: questions,
			from: 'wage: 4000, months: 3',
			to: 'wage: 4100, months: 3',
			code: 'example.range',
			on: '4100',
			question
		},
		{
			file: questions,
			from: 'max: 6000, step: 500',
			to: 'max: 6100, step: 500',
			code: 'parameter.range',
			on: '6100',
			question
		},
		{
			file: questions,
			from: 'max: 6000, step: 500',
			to: 'max: 603000, step: 10',
			code: 'parameter.combinations',
			question
		},
		{ file: questions, from: '- counted = if', to: '- counted: if', code: 'step.form', on: 'counted:', question },
		{
			file: questions,
			from: '        kind: true-false',
			to: '        lesson: concluding\n        kind: true-false',
			code: 'case.lesson'
		}
	])('$code for $to', finds);

	describe('worded alike', () => {
		/** lc-0102 asks what lc-0101 asks, with another figure. */
		const twice = () => changed(questions, '第2问，书面合同最迟哪天签好', '第3问，劳动关系的起点怎样认定');
		const aboutWording = async (files: Files) =>
			(await problemsOf(files))
				.filter(({ code }) => /similar/.test(code))
				.map(({ level, code, line }) => ({ level, code, line }));

		test('the same question with another figure is found', async () => {
			const files = twice();
			const line =
				String(files[questions])
					.split('\n')
					.findIndex((each) => each.includes('第3问')) + 1;
			expect(await aboutWording(files)).toEqual([{ level: 'error', code: 'question.similar', line }]);
		});

		test('a pair that is listed stands, in either order, and a listed pair that is not alike is named', async () => {
			const listing = (pair: string) => {
				const files = twice();
				return {
					...files,
					[questions]: String(files[questions]).replace('questions:', `similar:\n  - [${pair}]\nquestions:`)
				};
			};
			expect(await aboutWording(listing('lc-0102, lc-0101'))).toEqual([]);
			expect(await aboutWording(listing('lc-0103, lc-0101'))).toContainEqual({
				level: 'warning',
				code: 'similar.unneeded',
				line: 4
			});
		});

		test('the same short question about two situations is two questions', async () => {
			const files = libraryFiles();
			const another = files[questions]!.slice(files[questions]!.indexOf('  - id: lc-01c1'));
			files[questions] += another
				.replace('lc-01c1', 'lc-01c2')
				.replace('lc-0113', 'lc-0115')
				.replace('lc-0114', 'lc-0116')
				.replace(
					'郑某到公司做保安。',
					'某厂收了新员工的押金，又扣下他们的身份证，说是离职的时候再退，三个月后有人来投诉。'
				);
			expect(await aboutWording(files)).toEqual([]);
		});
	});

	test('one slip hides no other', async () => {
		const files = changed(questions, 'key: [A]', 'key: [B]');
		files[questions] = String(files[questions])
			.replace('answer: 8000', 'answer: 1')
			.replace('kind: single', 'kind: riddle');
		files[lesson] = libraryFiles()[lesson]!.replace('[第一条]', '[第二条]');
		const codes = new Set((await problemsOf(files)).map(({ code }) => code));
		expect([...codes]).toEqual(expect.arrayContaining(['example.answer', 'question.kind', 'reference.number']));
	});
});

describe('hostile files', () => {
	test.each([
		{ name: 'nested brackets', text: '['.repeat(100_000) },
		{
			name: 'aliases that multiply',
			text: `a: &a [x,x]\n${[...'bcdefghij'].map((each, index) => `${each}: &${each} [*${'abcdefghi'[index]},*${'abcdefghi'[index]}]`).join('\n')}`
		},
		{ name: 'binary', text: Uint8Array.from([255, 254, 0, 1]) },
		{ name: 'a file of five megabytes', text: 'x'.repeat(5_000_000) },
		{ name: 'nothing', text: '' },
		{ name: 'a list', text: '- 1\n- 2' },
		{ name: '__proto__', text: '__proto__: {id: x}\nconstructor: 1\n' }
	])('$name ends in problems, not in a crash', async ({ text }) => {
		const problems = await problemsOf({ ...libraryFiles(), [course]: text });
		expect(problems.some(({ file, level }) => file === course && level === 'error')).toBe(true);
	});

	test('YAML of any kind ends in problems, not in a crash', () => {
		const piece = fc.constantFrom(
			...[
				'id: ',
				'key: ',
				'- ',
				'? ',
				': ',
				'[',
				']',
				'{',
				'}',
				'&a ',
				'*a',
				'!!str ',
				'!x ',
				'<<: ',
				'|',
				'>',
				'"',
				"'",
				'#',
				'\n',
				'\n  '
			],
			...[
				'kind: single',
				'kind: case',
				'questions:',
				'schema: 1',
				'course: c',
				'\t',
				'---\n',
				'...\n',
				'%YAML 1.1\n',
				'甲',
				'1e99',
				'.nan',
				'null'
			]
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
				const text = pieces.join('');
				const problems: Problem[] = [];
				for (const parse of [parseQuestions, parseCourse, parseStatute]) {
					expect(parse(openSource('x.yaml', problems), text)).toBeUndefined();
				}
				expect(problems).not.toEqual([]);
			}),
			{ numRuns: 1000 }
		);
	});
});

describe('in questions to match, to order and to write about', () => {
	const files = (from = '', to = '') => {
		const all = libraryFiles();
		return { ...all, [questions]: `${all[questions]!.trimEnd()}\n${furtherQuestions.replace(from, () => to)}\n` };
	};

	test('finds no error in sound ones', async () => {
		expect((await problemsOf(files())).filter(({ level }) => level === 'error')).toEqual([]);
	});

	test.each([
		{ from: 'right: 三个月', to: 'right: 一个月', code: 'pair.right-twice', question: 'lc-0115' },
		{ from: 'left: 乙方', to: 'left: 甲方', code: 'pair.left-twice', question: 'lc-0115' },
		{ from: '[一年]', to: '[一个月]', code: 'pair.right-twice', question: 'lc-0115' },
		{ from: 'left: 甲方', to: 'left: "**甲方**"', code: 'text.markdown', question: 'lc-0115' },
		{ from: '再调查', to: '先受理', code: 'item.duplicate', question: 'lc-0116' },
		{ from: '[先受理, 再调查, 后决定]', to: '[先受理, 再调查]', code: 'list.length', question: 'lc-0116' },
		{ from: 'points: 2', to: 'points: 0', code: 'rubric.points', question: 'lc-0117' },
		{ from: 'min: 300', to: 'min: 3000', code: 'words.range', question: 'lc-0117' }
	])('$code for $to', async ({ from, to, code, question }) => {
		const found = await problemsOf(files(from, to));
		expect(found).toContainEqual(expect.objectContaining({ code, file: questions, question }));
	});
});
