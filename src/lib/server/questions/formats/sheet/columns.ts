import type { Details, SmallWording } from '../exchange-question.ts';

/** The columns of a sheet of questions, in their order. Those of the template come first; the others only carry more. */
export const letters = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type Letter = (typeof letters)[number];
export const fields = [
	'kind',
	'stem',
	...letters.map((letter) => `option${letter}` as const),
	'answer',
	'explanation',
	'articles',
	'difficulty',
	'topic',
	'tags',
	'code',
	'use',
	'case',
	...letters.map((letter) => `why${letter}` as const)
] as const;
export type SheetField = (typeof fields)[number];
/** The columns that the empty template shows. */
export const templateFields = fields.slice(0, fields.indexOf('code'));

const plainNames: Record<Exclude<SheetField, `option${Letter}` | `why${Letter}`>, [string, string]> = {
	kind: ['题型', 'Type'],
	stem: ['题干', 'Stem'],
	answer: ['答案', 'Answer'],
	explanation: ['解析', 'Explanation'],
	articles: ['法条', 'Articles'],
	difficulty: ['难度', 'Difficulty'],
	topic: ['知识点', 'Topic'],
	tags: ['标签', 'Tags'],
	code: ['编号', 'Code'],
	use: ['用途', 'Use'],
	case: ['案例', 'Case']
};

type Language = 0 | 1;

/** The header of a column. */
export function headerOf(field: SheetField, language: Language = 0): string {
	const letter = field.slice(-1);
	if (field.startsWith('option')) return `${['选项', 'Option '][language]}${letter}`;
	if (field.startsWith('why')) return `${['错因', 'Reason '][language]}${letter}`;
	return plainNames[field as keyof typeof plainNames][language];
}

const known = new Map(
	fields.flatMap((field) => ([0, 1] as const).map((language) => [matchable(headerOf(field, language)), field]))
);

/** The column that a header names, in Chinese or English, however it is spaced and cased. */
export const fieldOf = (header: string): SheetField | undefined => known.get(matchable(header));

function matchable(header: string): string {
	return header
		.normalize('NFKC')
		.replace(/[\s*＊:：]/g, '')
		.toLowerCase();
}

export type SheetKind = SmallWording['kind'] | 'case';

/** What a kind is called; the first Chinese and the first English name are the ones that are written. */
export const kindNames: Record<SheetKind, string[]> = {
	single: ['单选题', 'single choice', '单选', '单项选择题', 'single', '选择题'],
	multiple: ['多选题', 'multiple choice', '多选', '多项选择题', 'multiple'],
	'true-false': ['判断题', 'true or false', '判断', '是非题', 'true/false', 'true-false'],
	'fill-in': ['填空题', 'fill in', '填空', 'fill-in', 'blank'],
	numeric: ['计算题', 'calculation', 'numeric'],
	matching: ['配对题', 'matching', '连线题', '匹配题'],
	ordering: ['排序题', 'ordering', '排序'],
	'short-answer': ['简答题', 'short answer', '简答', '问答题', 'short-answer'],
	essay: ['论述题', 'essay', '论述'],
	case: ['案例题', 'case', '案例', '案例分析题']
};

const kindsByName = new Map(
	(Object.entries(kindNames) as [SheetKind, string[]][]).flatMap(([kind, names]) =>
		names.map((name) => [matchable(name), kind] as const)
	)
);
export const kindOf = (name: string): SheetKind | undefined => kindsByName.get(matchable(name));

export const useNames: Record<NonNullable<Details['use']>, string[]> = {
	practice: ['练习', 'practice'],
	exam: ['考试', 'exam'],
	both: ['练习和考试', 'both', '通用', '练习与考试']
};
export const useOf = (name: string): Details['use'] =>
	(Object.entries(useNames) as [NonNullable<Details['use']>, string[]][]).find(([, names]) =>
		names.some((each) => matchable(each) === matchable(name))
	)?.[0];
