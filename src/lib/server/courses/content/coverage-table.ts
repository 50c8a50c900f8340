import type { Coverage, CourseCoverage, StatuteCoverage } from './coverage.ts';

/** The coverage of a library as Markdown, in Chinese: its readers are those who write and check the content. */
export function coverageTable({ courses, statutes }: Coverage): string {
	return [
		'# 课程覆盖表',
		'',
		'由 `npm run mingfa -- courses coverage --out docs/content/coverage.md` 从课程库生成，不用手改。停用的题不计。',
		'',
		'In English, briefly: generated from the course library. Totals per course, then lessons with their length, articles and questions, then every article with the lessons that link to it and the number of questions that rest on it.',
		'',
		'## 各课程合计',
		'',
		...totals(courses),
		'',
		...courses.flatMap(lessonsOf),
		...statutes.flatMap(articlesOf)
	]
		.join('\n')
		.replace(/\n+$/, '\n');
}

const kindNames: [keyof CourseCoverage['kinds'], string][] = [
	['single', '单选'],
	['multiple', '多选'],
	['true-false', '判断'],
	['fill-in', '填空'],
	['numeric', '计算（参数）'],
	['matching', '配对'],
	['ordering', '排序'],
	['short-answer', '简答'],
	['essay', '论述'],
	['case', '案例']
];

function totals(courses: CourseCoverage[]): string[] {
	const used = kindNames.filter(([kind]) => courses.some(({ kinds }) => kinds[kind] > 0));
	const counts = courses.map(({ lessons, questions, kinds, inCases }) => [
		lessons.length,
		questions,
		...used.map(([kind]) => kinds[kind]),
		inCases
	]);
	const head = ['课程', '课', '小题', ...used.map(([, name]) => name), '案例内小题'];
	const sums = head.slice(1).map((_, column) => counts.reduce((sum, row) => sum + row[column]!, 0));
	return table(head, [...courses.map(({ title }, index) => [title['zh-CN'], ...counts[index]!]), ['合计', ...sums]]);
}

function lessonsOf({ title, lessons }: CourseCoverage): string[] {
	const rows = lessons.map(({ position, title, characters, articles, questions }) => [
		`${position} ${title['zh-CN']}`,
		characters,
		articles,
		questions
	]);
	return [`## ${title['zh-CN']}`, '', ...table(['课', '汉字', '条文', '小题'], rows), ''];
}

function articlesOf({ title, lastArticle, articles }: StatuteCoverage): string[] {
	const rows = articles.map(({ number, lessons, questions }) => [
		number,
		lessons.map(({ course, positions }) => `${course} ${positions.join('、')}`).join('；') || '—',
		questions
	]);
	const held =
		articles.length === lastArticle ? `全文${lastArticle}条` : `收录${articles.length}条，全文${lastArticle}条`;
	const asked = articles.filter(({ questions }) => questions > 0).length;
	return [
		`## ${title['zh-CN']}`,
		'',
		`${held}，有题考到的${asked}条。`,
		'',
		...table(['条', '讲到的课', '小题'], rows),
		''
	];
}

/** The first column is text, the last ones are counts. */
function table(head: string[], rows: (string | number)[][]): string[] {
	const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
	const isCount = (column: number) => rows.every((row) => typeof row[column] === 'number');
	return [line(head), line(head.map((_, column) => (isCount(column) ? '--:' : '---'))), ...rows.map(line)];
}
